// Times engines in turn, in Node and in the browser alike.

/**
 * ns per call: of each engine one number a round. Each round runs every engine, each time in another order, over all
 * of its inputs as often as takes `slice` ms by the clock.
 */
export function measure(engines, rounds, slice, clock) {
  // A loop of its own for each, so that none is compiled for the calls of another.
  const runs = engines.map(({name, decide, inputs}) => new Function('decide', 'inputs', `// ${name}
    return passes => {
      let sum = 0;
      for (let pass = 0; pass < passes; pass++) for (let i = 0; i < inputs.length; i++) sum += decide(inputs[i]);
      return sum;
    };`)(decide, inputs));
  const time = (run, passes) => { const begun = clock(); run(passes); return clock() - begun; };
  const passes = runs.map(run => {
    let n = 1;
    while (time(run, n) < slice) n *= 2;
    return n;
  });
  const taken = engines.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < runs.length; k++) {
      const i = (k + round) % runs.length;
      taken[i].push(time(runs[i], passes[i]) * 1e6 / passes[i] / engines[i].inputs.length);
    }
  }
  return taken;
}
