//! A set of classes of one variable.

/// At most this many classes a variable.
pub const MOST_CLASSES: usize = 200;

/// Bits of a part of a set.
const BITS: usize = 64;
/// Parts of a set.
const PARTS: usize = MOST_CLASSES.div_ceil(BITS);

/// Classes, by their numbers below [`MOST_CLASSES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassSet([u64; PARTS]);

impl ClassSet {
    /// Adds a class. One that cannot be in a set is left out: a variable with so many classes is refused.
    pub fn insert(&mut self, class: usize) {
        if let Some(part) = self.0.get_mut(class / BITS) {
            *part |= 1 << (class % BITS);
        }
    }

    /// Whether a class is in it.
    pub fn contains(self, class: usize) -> bool {
        let part = self.0.get(class / BITS);
        part.is_some_and(|part| part >> (class % BITS) & 1 == 1)
    }

    /// The lowest of its classes.
    pub fn first(self) -> Option<usize> {
        let place = self.0.iter().position(|part| *part != 0)?;
        Some(place * BITS + self.0[place].trailing_zeros() as usize)
    }

    /// How many classes are in it.
    pub fn len(self) -> usize {
        self.0.iter().map(|part| part.count_ones() as usize).sum()
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The classes below 32, as bits.
    pub fn word(self) -> u32 {
        let [a, b, c, d, ..] = self.0[0].to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

impl FromIterator<usize> for ClassSet {
    fn from_iter<T: IntoIterator<Item = usize>>(classes: T) -> Self {
        let mut set = Self::default();
        for class in classes {
            set.insert(class);
        }
        set
    }
}
