//! Decision diagrams over classes of values: ordered, reduced, shared.
//!
//! Comes in: the number of classes of each level. Goes out: nodes; equal functions are the same node, so that
//! equality of functions is equality of numbers. A node below [`TERMINALS`] is a leaf: an outcome of a decision, 0 (false) and
//! 1 (true) of a condition, or, from [`FIRST_TERM`] on, a term of a value.

use rustc_hash::FxHashMap;

/// A function, by number.
pub type NodeId = u32;

/// Numbers below this one are leaves.
pub const TERMINALS: NodeId = 1 << 17;
/// At most this many outcomes a decision.
pub const MOST_OUTCOMES: NodeId = 64;
/// The first leaf of values; those below it are leaves of decisions and conditions.
pub const FIRST_TERM: NodeId = 64;
/// A condition that does not hold.
pub const FALSE: NodeId = 0;
/// A condition that holds.
pub const TRUE: NodeId = 1;

/// A diagram larger than this is refused: no module of 4,096 bytes could hold it.
const MOST_NODES: usize = 200_000;

/// The leaf of an outcome.
pub fn leaf(outcome: usize) -> NodeId {
    let leaf = NodeId::try_from(outcome).ok();
    leaf.filter(|leaf| *leaf < MOST_OUTCOMES)
        .expect("a decision has at most 64 outcomes")
}

/// Functions over the classes of each level.
#[derive(Debug, Clone)]
pub struct Diagram {
    arity: Vec<usize>,
    /// (level, first child)
    nodes: Vec<(u32, u32)>,
    children: Vec<NodeId>,
    unique: FxHashMap<(u32, Box<[NodeId]>), NodeId>,
    choices: FxHashMap<(NodeId, NodeId, NodeId), NodeId>,
    restricted: FxHashMap<(NodeId, u32, u32), NodeId>,
    supports: Vec<u64>,
    /// Of each leaf of values, the levels whose questions its term asks.
    asked: Vec<u64>,
    full: bool,
}

impl Diagram {
    /// `arity[level]` classes at each level; lower levels are tested first.
    pub fn new(arity: Vec<usize>) -> Self {
        Self {
            arity,
            nodes: Vec::new(),
            children: Vec::new(),
            unique: FxHashMap::default(),
            choices: FxHashMap::default(),
            restricted: FxHashMap::default(),
            supports: Vec::new(),
            asked: Vec::new(),
            full: false,
        }
    }

    /// Forgets what only making functions needs; what is there can still be read.
    pub fn settle(&mut self) {
        self.unique = FxHashMap::default();
        self.choices = FxHashMap::default();
        self.restricted = FxHashMap::default();
    }

    /// Whether it grew beyond what is allowed; its nodes then mean nothing.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Gives up: its nodes mean nothing from now on.
    pub fn give_up(&mut self) {
        self.full = true;
    }

    /// How many levels there are.
    pub fn levels(&self) -> usize {
        self.arity.len()
    }

    /// How many classes a level has.
    pub fn classes(&self, level: usize) -> usize {
        self.arity[level]
    }

    /// The level that a node tests; leaves lie below all levels.
    pub fn level(&self, node: NodeId) -> usize {
        self.index(node)
            .map_or(self.arity.len(), |index| self.nodes[index].0 as usize)
    }

    fn index(&self, node: NodeId) -> Option<usize> {
        node.checked_sub(TERMINALS).map(|index| index as usize)
    }

    /// What a node goes on with, class by class; nothing after a leaf.
    pub fn children(&self, node: NodeId) -> &[NodeId] {
        match self.index(node) {
            None => &[],
            Some(index) => {
                let (level, first) = self.nodes[index];
                let first = first as usize;
                &self.children[first..first + self.arity[level as usize]]
            }
        }
    }

    /// The levels that a function depends on, as bits; those whose questions its terms ask are among them.
    pub fn support(&self, node: NodeId) -> u64 {
        match self.index(node) {
            Some(index) => self.supports[index],
            None => self.asked_by(node),
        }
    }

    /// The levels whose questions the term of a leaf asks.
    pub fn asked_by(&self, leaf: NodeId) -> u64 {
        let place = leaf.checked_sub(FIRST_TERM).map(|place| place as usize);
        place
            .and_then(|place| self.asked.get(place))
            .copied()
            .unwrap_or(0)
    }

    /// A new leaf for a term that asks the questions of these levels; none if there are too many.
    pub fn new_term(&mut self, asked: u64) -> Option<NodeId> {
        let leaf = FIRST_TERM + self.asked.len() as NodeId;
        if leaf >= TERMINALS {
            self.full = true;
            return None;
        }
        self.asked.push(asked);
        Some(leaf)
    }

    /// The function that tests a level and goes on with one function a class.
    pub fn node(&mut self, level: usize, children: &[NodeId]) -> NodeId {
        if children.windows(2).all(|pair| pair[0] == pair[1]) {
            return children[0];
        }
        let key = (level as u32, Box::from(children));
        if let Some(found) = self.unique.get(&key) {
            return *found;
        }
        if self.nodes.len() >= MOST_NODES {
            self.full = true;
            return children[0];
        }
        let id = TERMINALS + self.nodes.len() as u32;
        let support = children
            .iter()
            .fold(1 << level, |bits, child| bits | self.support(*child));
        self.nodes.push((level as u32, self.children.len() as u32));
        self.children.extend(children);
        self.supports.push(support);
        self.unique.insert(key, id);
        id
    }

    /// True where the class of a level is one of those marked.
    pub fn test(&mut self, level: usize, holds: &[bool]) -> NodeId {
        let children: Vec<NodeId> = holds.iter().map(|holds| NodeId::from(*holds)).collect();
        self.node(level, &children)
    }

    /// What a function goes on with where a level has a certain class; the function itself where it does not test the level.
    pub fn child(&self, node: NodeId, level: usize, class: usize) -> NodeId {
        if self.level(node) == level {
            self.children(node)[class]
        } else {
            node
        }
    }

    /// What two functions go on with, class by class, at the first level that either tests; not for two leaves.
    pub fn pairs(&self, a: NodeId, b: NodeId) -> (usize, Vec<(NodeId, NodeId)>) {
        let level = self.level(a).min(self.level(b));
        let pairs = (0..self.arity[level])
            .map(|class| (self.child(a, level, class), self.child(b, level, class)))
            .collect();
        (level, pairs)
    }

    /// `condition ? then : otherwise`; `condition` is a function with the leaves 0 and 1.
    pub fn choose(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> NodeId {
        match condition {
            TRUE => return then,
            FALSE => return otherwise,
            _ if then == otherwise => return then,
            _ if then == TRUE && otherwise == FALSE => return condition,
            _ => {}
        }
        if self.full {
            return otherwise;
        }
        let key = (condition, then, otherwise);
        if let Some(found) = self.choices.get(&key) {
            return *found;
        }
        let level = [condition, then, otherwise]
            .into_iter()
            .map(|node| self.level(node))
            .min()
            .unwrap_or(0);
        let children: Vec<NodeId> = (0..self.arity[level])
            .map(|class| {
                let [c, t, o] = [condition, then, otherwise].map(|n| self.child(n, level, class));
                self.choose(c, t, o)
            })
            .collect();
        let node = self.node(level, &children);
        self.choices.insert(key, node);
        node
    }

    /// True where both are true.
    pub fn and(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.choose(a, b, FALSE)
    }

    /// True where one of them is true.
    pub fn or(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.choose(a, TRUE, b)
    }

    /// True where the function is false.
    pub fn not(&mut self, a: NodeId) -> NodeId {
        self.choose(a, FALSE, TRUE)
    }

    /// The function that is left when a level has a certain class.
    pub fn restrict(&mut self, node: NodeId, level: usize, class: usize) -> NodeId {
        if node < TERMINALS || self.support(node) & 1 << level == 0 {
            return node;
        }
        if self.level(node) == level {
            return self.children(node)[class];
        }
        let key = (node, level as u32, class as u32);
        if let Some(found) = self.restricted.get(&key) {
            return *found;
        }
        let children: Vec<NodeId> = self.children(node).to_vec();
        let children: Vec<NodeId> = children
            .into_iter()
            .map(|child| self.restrict(child, level, class))
            .collect();
        let own = self.level(node);
        let result = self.node(own, &children);
        self.restricted.insert(key, result);
        result
    }

    /// The leaves that a decision or a condition reaches, as bits.
    pub fn reached(&self, node: NodeId) -> u64 {
        let mut seen = std::collections::HashSet::new();
        let mut stack = vec![node];
        let mut leaves = 0;
        while let Some(node) = stack.pop() {
            if node < TERMINALS {
                leaves |= 1 << node;
            } else if seen.insert(node) {
                stack.extend(self.children(node));
            }
        }
        leaves
    }

    /// A class for each level tested on a shortest way to a leaf; none if the leaf is not reached.
    pub fn way(&self, node: NodeId, leaf: NodeId) -> Option<Vec<(usize, usize)>> {
        let mut queue = std::collections::VecDeque::from([node]);
        let mut from: FxHashMap<NodeId, (NodeId, usize)> = FxHashMap::default();
        while let Some(at) = queue.pop_front() {
            if at == leaf {
                let mut way = Vec::new();
                let mut at = at;
                while let Some((parent, class)) = from.get(&at) {
                    way.push((self.level(*parent), *class));
                    at = *parent;
                    if at == node {
                        break;
                    }
                }
                way.reverse();
                return Some(way);
            }
            for (class, child) in self.children(at).iter().enumerate() {
                if *child != node && !from.contains_key(child) {
                    from.insert(*child, (at, class));
                    queue.push_back(*child);
                }
            }
        }
        None
    }

    /// All inner nodes of some functions, deepest level first; within a level in the order of their numbers.
    pub fn below(&self, roots: &[NodeId]) -> Vec<NodeId> {
        let mut seen = std::collections::BTreeSet::new();
        let mut stack: Vec<NodeId> = roots.to_vec();
        while let Some(node) = stack.pop() {
            if node >= TERMINALS && seen.insert(node) {
                stack.extend(self.children(node));
            }
        }
        let mut list: Vec<NodeId> = seen.into_iter().collect();
        list.sort_by_key(|&node| (std::cmp::Reverse(self.level(node)), node));
        list
    }
}
