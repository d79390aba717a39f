//! The shape of the house: which file uses which, and how long its functions are.
//!
//! The files of `src/` are read as tokens, and every path (`use`, `crate::`, `super::`, a module before `::`) is followed to the
//! file that defines the name, through re-exports. A module and its submodules are one room: a submodule may use the
//! types of the modules above it. Between rooms no circle is allowed, so that each folder has an order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

// ---------------------------------------------------------------- tokens

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    text: String,
    line: usize,
}

/// Words, `::` and single signs of a source file without its tests; no comments, strings or character literals.
fn tokens(text: &str) -> Vec<Token> {
    let text = text
        .split("\n#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or(text);
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let starts = |i: usize, what: &str| what.chars().enumerate().all(|(k, c)| at(i + k) == c);
    let mut out = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < chars.len() {
        let from = i;
        let c = at(i);
        if starts(i, "//") {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '"' {
            i += 1;
            while i < chars.len() && at(i) != '"' {
                i += if at(i) == '\\' { 2 } else { 1 };
            }
            i += 1;
        } else if c == 'r' && (at(i + 1) == '"' || starts(i + 1, "#\"")) {
            let end = if at(i + 1) == '"' { "\"" } else { "\"#" };
            i += 1 + end.len();
            while i < chars.len() && !starts(i, end) {
                i += 1;
            }
            i += end.len();
        } else if c == '\'' && (at(i + 1) == '\\' || at(i + 2) == '\'') {
            // A character; a lifetime has no second quote.
            i += if at(i + 1) == '\\' { 3 } else { 2 };
            while at(i) != '\'' {
                i += 1;
            }
            i += 1;
        } else if c.is_alphanumeric() || c == '_' {
            while at(i).is_alphanumeric() || at(i) == '_' {
                i += 1;
            }
            let text = chars[from..i].iter().collect();
            out.push(Token { text, line });
        } else if starts(i, "::") {
            i += 2;
            let text = "::".into();
            out.push(Token { text, line });
        } else {
            i += 1;
            if !c.is_whitespace() {
                let text = c.to_string();
                out.push(Token { text, line });
            }
        }
        line += chars[from..i.min(chars.len())]
            .iter()
            .filter(|c| **c == '\n')
            .count();
    }
    out
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

// ---------------------------------------------------------------- files

/// A file as a module: its package and its path in it.
type Module = (String, Vec<String>);

struct File {
    path: String,
    /// Paths that it uses.
    uses: Vec<Vec<String>>,
    /// Paths that it re-exports.
    exports: Vec<Vec<String>>,
    /// Names that it defines.
    defines: BTreeSet<String>,
    tokens: Vec<Token>,
}

fn source_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("a folder of the repository").path();
        if path.is_dir() {
            source_files(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

fn read() -> BTreeMap<Module, File> {
    let root = repository();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the manifest");
    let members = manifest
        .split_once("members = [")
        .and_then(|(_, rest)| rest.split_once(']'))
        .expect("members")
        .0;
    let packages: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
    let mut paths = Vec::new();
    source_files(&root.join("src"), &mut paths);
    let mut out = BTreeMap::new();
    for path in paths {
        let name = path.strip_prefix(root).expect("a path of the repository");
        let name = name.to_string_lossy().replace('\\', "/");
        let package = packages
            .iter()
            .find(|package| name.starts_with(&format!("{package}/")))
            .map_or("src", |package| *package);
        let inside = &name[package.len() + 1..name.len() - ".rs".len()];
        let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
        if module
            .last()
            .is_some_and(|last| last == "lib" || last == "mod")
        {
            module.pop();
        }
        // Programs of their own.
        if ["main", "build"].contains(&inside) || inside.starts_with("tests/") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        out.insert((package.to_owned(), module), file(name, tokens(&text)));
    }
    out
}

fn file(path: String, tokens: Vec<Token>) -> File {
    const ITEMS: [&str; 9] = [
        "fn", "struct", "enum", "trait", "const", "static", "type", "mod", "union",
    ];
    let mut file = File {
        path,
        uses: Vec::new(),
        exports: Vec::new(),
        defines: BTreeSet::new(),
        tokens: Vec::new(),
    };
    let text = |i: usize| tokens.get(i).map_or("", |token| token.text.as_str());
    let mut i = 0;
    while i < tokens.len() {
        if ITEMS.contains(&text(i)) && is_word(text(i + 1)) {
            file.defines.insert(text(i + 1).to_owned());
        }
        let before = if i == 0 { "" } else { text(i - 1) };
        if text(i) == "use" && before != "::" {
            let (paths, end) = use_tree(&tokens, i + 1);
            if before == "pub" || before == ")" {
                file.exports.extend(paths);
            } else {
                file.uses.extend(paths);
            }
            i = end;
        } else if is_word(text(i)) && text(i + 1) == "::" && before != "::" {
            let mut path = vec![text(i).to_owned()];
            while text(i + 1) == "::" && is_word(text(i + 2)) {
                path.push(text(i + 2).to_owned());
                i += 2;
            }
            file.uses.push(path);
            i += 1;
        } else {
            i += 1;
        }
    }
    file.tokens = tokens;
    file
}

/// The paths of a use tree that begins at a token, and the token after it. `*` is a name, `as` is left out.
fn use_tree(tokens: &[Token], mut i: usize) -> (Vec<Vec<String>>, usize) {
    let text = |i: usize| tokens.get(i).map_or("", |token| token.text.as_str());
    let mut path: Vec<String> = Vec::new();
    loop {
        if text(i) == "{" {
            let mut out = Vec::new();
            i += 1;
            while !["}", ""].contains(&text(i)) {
                let (below, end) = use_tree(tokens, i);
                out.extend(
                    below
                        .into_iter()
                        .map(|below| [path.clone(), below].concat()),
                );
                i = end.max(i + 1);
                if text(i) == "," {
                    i += 1;
                }
            }
            return (out, i + 1);
        }
        if !is_word(text(i)) && text(i) != "*" {
            return (vec![path], i);
        }
        path.push(text(i).to_owned());
        i += 1;
        if text(i) == "::" {
            i += 1;
            continue;
        }
        if text(i) == "as" {
            i += 2;
        }
        return (vec![path], i);
    }
}

// ---------------------------------------------------------------- the graph

/// The file that defines what a path in a file means; nothing for other packages and local names.
fn target(
    files: &BTreeMap<Module, File>,
    from: &Module,
    path: &[String],
    depth: usize,
) -> Option<Module> {
    let (package, mut module) = from.clone();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => {
            module.clear();
            rest = &path[1..];
        }
        "self" => rest = &path[1..],
        "super" => {
            while rest.first().is_some_and(|word| word == "super") {
                module.pop();
                rest = &rest[1..];
            }
        }
        first => {
            let below = [module.as_slice(), &[first.to_owned()]].concat();
            if !files.contains_key(&(package.clone(), below)) {
                return None;
            }
        }
    }
    let mut found = (package, module);
    while let [first, after @ ..] = rest {
        let below = (
            found.0.clone(),
            [found.1.as_slice(), std::slice::from_ref(first)].concat(),
        );
        if !files.contains_key(&below) {
            break;
        }
        found = below;
        rest = after;
    }
    let file = files.get(&found)?;
    let Some(name) = rest.first().filter(|name| *name != "*" && depth < 8) else {
        return Some(found);
    };
    if file.defines.contains(name) {
        return Some(found);
    }
    let named = |path: &&Vec<String>| path.last() == Some(name);
    let through = |path: &Vec<String>| target(files, &found, path, depth + 1);
    if let Some(path) = file.exports.iter().find(named) {
        return through(path);
    }
    let globs = file
        .exports
        .iter()
        .filter(|path| path.last().is_some_and(|last| last == "*"));
    for path in globs {
        let all = through(&path[..path.len() - 1].to_vec())?;
        if files[&all].defines.contains(name) {
            return Some(all);
        }
    }
    // A name that the module has from elsewhere, or of another package.
    let own = file.uses.iter().find(|path| named(path) && path.len() > 1);
    own.map_or(Some(found.clone()), through)
}

type Graph = BTreeMap<Module, BTreeSet<Module>>;

/// Which file uses which, without what a submodule takes from the modules above it.
fn graph(files: &BTreeMap<Module, File>) -> Graph {
    let mut out = Graph::new();
    for (module, file) in files {
        let uses = file
            .uses
            .iter()
            .filter_map(|path| target(files, module, path, 0));
        let rooms = uses.filter(|used| !module.1.starts_with(&used.1));
        out.insert(module.clone(), rooms.collect());
    }
    out
}

/// A circle from a module over modules that are not done, or nothing; done modules are noted.
fn circle<'a>(
    graph: &'a Graph,
    module: &'a Module,
    way: &mut Vec<&'a Module>,
    done: &mut BTreeSet<&'a Module>,
) -> Option<Vec<&'a Module>> {
    if let Some(at) = way.iter().position(|one| *one == module) {
        return Some(way[at..].to_vec());
    }
    if done.contains(module) {
        return None;
    }
    way.push(module);
    let found = graph
        .get(module)
        .into_iter()
        .flatten()
        .find_map(|next| circle(graph, next, way, done));
    way.pop();
    done.insert(module);
    found
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let files = read();
    let graph = graph(&files);
    let arrows: usize = graph.values().map(BTreeSet::len).sum();
    assert!(arrows > 600, "the test sees only {arrows} arrows");
    let mut done = BTreeSet::new();
    for module in graph.keys() {
        if let Some(way) = circle(&graph, module, &mut Vec::new(), &mut done) {
            let way: Vec<&str> = way
                .iter()
                .map(|module| files[*module].path.as_str())
                .collect();
            panic!("a circle: {} -> {}", way.join(" -> "), way[0]);
        }
    }
}

#[test]
fn the_graph_follows_re_exports_and_sees_every_form_of_a_path() {
    let module = |path: &str| -> Module {
        let path = path.split("::").filter(|part| !part.is_empty());
        ("p".into(), path.map(str::to_owned).collect())
    };
    let files: BTreeMap<Module, File> = [
        ("", "mod a; mod b; mod c;"),
        (
            "a",
            "mod inner; pub use inner::Deep; pub struct Flat; // use crate::c::No;",
        ),
        (
            "a::inner",
            "pub struct Deep; fn f(x: super::Flat) { \"crate::c::No\" }",
        ),
        (
            "b",
            "use crate::{a::{self, Flat}, c};\nfn f() -> a::Deep { c::g::<u8>('\"') }",
        ),
        ("c", "use crate::a::Deep as Other; pub fn g<T>() {}"),
    ]
    .into_iter()
    .map(|(name, text)| (module(name), file(name.into(), tokens(text))))
    .collect();
    let graph = graph(&files);
    let used = |name: &str| -> Vec<String> {
        let all = graph[&module(name)].iter();
        all.map(|module| module.1.join("::")).collect()
    };
    assert_eq!(used("a"), Vec::<String>::new());
    assert_eq!(used("a::inner"), Vec::<String>::new());
    assert_eq!(used("b"), ["a", "c"]);
    assert_eq!(used("c"), ["a::inner"]);
    let mut with_circle = graph.clone();
    with_circle
        .entry(module("a::inner"))
        .or_default()
        .insert(module("c"));
    let start = module("c");
    let found = circle(&with_circle, &start, &mut Vec::new(), &mut BTreeSet::new());
    assert_eq!(found.map(|way| way.len()), Some(2));
}

// ---------------------------------------------------------------- long functions

/// Lines from which on a function needs a reason.
const LONG: usize = 80;

/// Functions of a file with their lines, from `fn` to the closing brace.
fn functions(tokens: &[Token]) -> Vec<(String, usize)> {
    let text = |i: usize| tokens.get(i).map_or("", |token| token.text.as_str());
    let mut out = Vec::new();
    for i in 0..tokens.len() {
        if text(i) != "fn" || !is_word(text(i + 1)) {
            continue;
        }
        let mut depth = 0;
        let mut end = i;
        while end < tokens.len() {
            match text(end) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" => depth -= 1,
                "}" => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                ";" if depth == 0 => break,
                _ => {}
            }
            end += 1;
        }
        if let Some(last) = tokens.get(end) {
            out.push((text(i + 1).to_owned(), last.line - tokens[i].line + 1));
        }
    }
    out
}

#[test]
fn functions_of_more_than_80_lines_have_a_reason() {
    let list = fs::read_to_string(repository().join("tests/tidy/long_functions.txt"))
        .expect("the list of long functions");
    let mut allowed: BTreeMap<&str, &str> = BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (name, reason) = line.split_once(": ").expect("file function: reason");
        assert!(reason.chars().count() > 15, "{name} has no reason");
        allowed.insert(name, reason);
    }
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for file in read().into_values() {
        for (name, lines) in functions(&file.tokens) {
            let name = format!("{} {name}", file.path);
            if lines <= LONG {
                continue;
            }
            if allowed.contains_key(name.as_str()) {
                seen.insert(name);
            } else {
                faults.push(format!("{name} has {lines} lines"));
            }
        }
    }
    let gone = allowed.keys().filter(|name| !seen.contains(**name));
    faults.extend(gone.map(|name| format!("{name} is not long: remove it from the list")));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn lines_of_a_function_are_counted() {
    let text = "fn a() {\n    b(\"}\\\"\", '}');\n}\nfn c<'x>(d: [&'x str; 2]) -> u8\n{ // }\n    1\n\n}\ntrait T { fn e(); }\n";
    let found = functions(&tokens(text));
    assert_eq!(
        found,
        [
            ("a".to_owned(), 3),
            ("c".to_owned(), 5),
            ("e".to_owned(), 1)
        ]
    );
}
