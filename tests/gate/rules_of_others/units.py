"""Units of publicodes: what they are made of, and by how much one is another."""

import re

# What a unit is in a simpler one.
SIMPLER = {"an": ("mois", 12), "ans": ("mois", 12), "année": ("mois", 12), "années": ("mois", 12), "trimestre": ("mois", 3),
           "k€": ("€", 1000), "semaine": ("jour", 7), "jours": ("jour", 1), "heures": ("heure", 1), "minute": ("heure", 1 / 60)}


def parsed(text):
    """The powers of a unit's parts, and the factor to them: `k€/an` is 1000/12 of {€: 1, mois: -1}."""
    powers, factor = {}, 1
    over, _, under = (text or "").partition("/")
    for part, power in [*((one, 1) for one in over.split(".")), *((one, -1) for one in re.split(r"[./]", under))]:
        part = part.strip()
        if not part:
            continue
        part, times = SIMPLER.get(part, (part, 1))
        factor *= times ** power
        powers[part] = powers.get(part, 0) + power
    return {part: power for part, power in powers.items() if power}, factor


def multiplied(a, b, power=1):
    """The unit of a product, or of a quotient."""
    parts = dict(a)
    for part, times in b.items():
        parts[part] = parts.get(part, 0) + power * times
    return {part: times for part, times in parts.items() if times}
