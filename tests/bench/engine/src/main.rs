//! What it costs to find out what an edit reaches: with `salsa`, with `comemo`, and with a notebook and keys, as the program does.
//!
//!     cargo run --release --manifest-path tests/bench/engine/Cargo.toml -- salsa|comemo|keys
//!
//! The shape is that of a site of 10,000 documents of 6 kB in 625 counties: for each document a page, which also shows the titles of
//! its county's documents, and a file; for each county a page. Each way makes all of them, then again after nothing, the body of
//! a document and the title of a document were changed. All must give the same bytes.

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::time::Instant;

/// Documents.
const N: usize = 10_000;
/// Counties.
const COUNTIES: usize = 625;

/// The text of a document.
fn text(i: usize, edit: &str) -> String {
    let mut s = format!("关于第{i}号工作的通知\n");
    for k in 0..60 {
        s.push_str(&format!(
            "{k}、第{i}号文件的第{k}条：各地要按时办理，{}年7月17日至9月25日受理，每天{}名。\n",
            2020 + i % 7,
            10 + (i * k) % 90
        ));
    }
    s.push_str(edit);
    s
}
/// Its title.
fn head_of(t: &str) -> String {
    t.lines().next().unwrap_or("").to_owned()
}
/// Makes an output of these texts; what is kept of it.
fn render(parts: &[&str]) -> [u8; 16] {
    let mut s = String::with_capacity(16000);
    for p in parts {
        for c in p.chars() {
            if c == '<' {
                s.push_str("&lt;")
            } else {
                s.push(c)
            }
        }
    }
    let h = Sha256::digest(s.as_bytes());
    let mut k = [0; 16];
    k.copy_from_slice(&h[..16]);
    k
}
/// Memory in use, in MB.
fn memory() -> u64 {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    s.lines()
        .find_map(|l| l.strip_prefix("VmRSS:"))
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .trim()
        .parse::<u64>()
        .unwrap()
        / 1000
}
/// Processor time so far, in seconds.
fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let f: Vec<&str> = s.rsplit(") ").next().unwrap().split(' ').collect();
    (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) / 100.0
}

mod with_salsa {
    //! Every stage is a query of salsa.
    use super::*;
    #[salsa::input]
    pub struct Text {
        #[returns(ref)]
        pub text: String,
        pub county: usize,
    }
    #[salsa::input]
    pub struct Corpus {
        #[returns(ref)]
        pub all: Vec<Text>,
    }
    #[salsa::db]
    #[derive(Clone, Default)]
    pub struct Db {
        storage: salsa::Storage<Self>,
    }
    #[salsa::db]
    impl salsa::Database for Db {}
    #[salsa::input]
    pub struct Number {
        pub n: usize,
    }
    #[salsa::tracked(returns(ref))]
    fn head(db: &dyn salsa::Database, t: Text) -> String {
        head_of(t.text(db))
    }
    #[salsa::tracked(returns(ref))]
    fn by_county(db: &dyn salsa::Database, c: Corpus) -> Vec<Vec<Text>> {
        let mut v = vec![Vec::new(); COUNTIES];
        for t in c.all(db) {
            v[*t.county(db)].push(*t);
        }
        v
    }
    #[salsa::tracked]
    fn page(db: &dyn salsa::Database, c: Corpus, t: Text) -> [u8; 16] {
        let mut p = vec![t.text(db).as_str()];
        for o in by_county(db, c)[*t.county(db)].iter() {
            p.push(head(db, *o));
        }
        render(&p)
    }
    #[salsa::tracked]
    fn api(db: &dyn salsa::Database, t: Text) -> [u8; 16] {
        render(&[t.text(db)])
    }
    #[salsa::tracked]
    fn county(db: &dyn salsa::Database, c: Corpus, n: Number) -> [u8; 16] {
        let p: Vec<&str> = by_county(db, c)[*n.n(db)]
            .iter()
            .map(|o| head(db, *o).as_str())
            .collect();
        render(&p)
    }
    fn all(db: &Db, c: Corpus, texts: &[Text], numbers: &[Number]) -> Vec<[u8; 16]> {
        let mut out: Vec<[u8; 16]> = texts
            .par_iter()
            .map_with(db.clone(), |db, t| *page(db, c, *t))
            .collect();
        out.par_extend(texts.par_iter().map_with(db.clone(), |db, t| *api(db, *t)));
        out.par_extend(
            numbers
                .par_iter()
                .map_with(db.clone(), |db, n| *county(db, c, *n)),
        );
        out
    }
    pub fn run() -> Vec<u8> {
        use salsa::Setter;
        let mut db = Db::default();
        let texts: Vec<Text> = (0..N)
            .map(|i| Text::new(&db, text(i, ""), i % COUNTIES))
            .collect();
        let c = Corpus::new(&db, texts.clone());
        let numbers: Vec<Number> = (0..COUNTIES).map(|n| Number::new(&db, n)).collect();
        let m = memory();
        let (t, u) = (Instant::now(), cpu());
        let a = all(&db, c, &texts, &numbers);
        println!(
            "salsa: first {:?} cpu {:.2} memory +{} MB",
            t.elapsed(),
            cpu() - u,
            memory() - m
        );
        for (what, e) in [
            ("nothing", None),
            ("body", Some(text(77, "再加一段。"))),
            ("title", Some(text(77, "").replacen("关于", "有关", 1))),
        ] {
            if let Some(e) = e {
                texts[77].set_text(&mut db).to(e);
            }
            let (t, u) = (Instant::now(), cpu());
            let b = all(&db, c, &texts, &numbers);
            println!(
                "salsa: {what} {:?} cpu {:.2}: {} differ",
                t.elapsed(),
                cpu() - u,
                a.iter().zip(&b).filter(|(a, b)| a != b).count()
            );
        }
        a.concat()
    }
}
mod with_comemo {
    //! Every output is a memoized function of tracked texts.
    use super::*;
    use comemo::{Track, Tracked, memoize, track};
    pub struct Corpus {
        pub texts: Vec<String>,
        pub by: Vec<Vec<usize>>,
    }
    #[track]
    impl Corpus {
        pub fn text(&self, i: usize) -> &str {
            &self.texts[i]
        }
        pub fn head(&self, i: usize) -> String {
            head_of(&self.texts[i])
        }
        pub fn of(&self, n: usize) -> &[usize] {
            &self.by[n]
        }
    }
    #[memoize]
    fn page(c: Tracked<Corpus>, i: usize) -> [u8; 16] {
        let heads: Vec<String> = c.of(i % COUNTIES).iter().map(|o| c.head(*o)).collect();
        let mut p = vec![c.text(i)];
        p.extend(heads.iter().map(String::as_str));
        render(&p)
    }
    #[memoize]
    fn api(c: Tracked<Corpus>, i: usize) -> [u8; 16] {
        render(&[c.text(i)])
    }
    #[memoize]
    fn county(c: Tracked<Corpus>, n: usize) -> [u8; 16] {
        let heads: Vec<String> = c.of(n).iter().map(|o| c.head(*o)).collect();
        render(&heads.iter().map(String::as_str).collect::<Vec<_>>())
    }
    fn all(c: &Corpus) -> Vec<[u8; 16]> {
        let mut out: Vec<[u8; 16]> = (0..N).into_par_iter().map(|i| page(c.track(), i)).collect();
        out.par_extend((0..N).into_par_iter().map(|i| api(c.track(), i)));
        out.par_extend((0..COUNTIES).into_par_iter().map(|n| county(c.track(), n)));
        out
    }
    pub fn run() -> Vec<u8> {
        let mut c = Corpus {
            texts: (0..N).map(|i| text(i, "")).collect(),
            by: vec![Vec::new(); COUNTIES],
        };
        for i in 0..N {
            c.by[i % COUNTIES].push(i);
        }
        let m = memory();
        let (t, u) = (Instant::now(), cpu());
        let a = all(&c);
        println!(
            "comemo: first {:?} cpu {:.2} memory +{} MB",
            t.elapsed(),
            cpu() - u,
            memory() - m
        );
        for (what, e) in [
            ("nothing", None),
            ("body", Some(text(77, "再加一段。"))),
            ("title", Some(text(77, "").replacen("关于", "有关", 1))),
        ] {
            if let Some(e) = e {
                c.texts[77] = e;
            }
            let (t, u) = (Instant::now(), cpu());
            let b = all(&c);
            println!(
                "comemo: {what} {:?} cpu {:.2}: {} differ",
                t.elapsed(),
                cpu() - u,
                a.iter().zip(&b).filter(|(a, b)| a != b).count()
            );
        }
        a.concat()
    }
}
mod keys {
    //! The notebook and the keys.
    use super::*;
    use std::sync::Mutex;
    #[derive(Clone, Copy, PartialEq)]
    enum Q {
        Text(u32),
        Head(u32),
        Of(u32),
    }
    struct Facts<'a> {
        texts: &'a [String],
        by: &'a [Vec<usize>],
    }
    struct Noting<'a> {
        facts: &'a Facts<'a>,
        asked: Mutex<Vec<Q>>,
    }
    impl Noting<'_> {
        fn text(&self, i: usize) -> &str {
            self.asked.lock().unwrap().push(Q::Text(i as u32));
            &self.facts.texts[i]
        }
        fn head(&self, i: usize) -> String {
            self.asked.lock().unwrap().push(Q::Head(i as u32));
            head_of(&self.facts.texts[i])
        }
        fn of(&self, n: usize) -> &[usize] {
            self.asked.lock().unwrap().push(Q::Of(n as u32));
            &self.facts.by[n]
        }
    }
    fn key(b: &[u8]) -> [u8; 16] {
        let h = Sha256::digest(b);
        let mut k = [0; 16];
        k.copy_from_slice(&h[..16]);
        k
    }
    struct Keys {
        text: Vec<[u8; 16]>,
        head: Vec<[u8; 16]>,
        of: Vec<[u8; 16]>,
    }
    fn all_keys(f: &Facts) -> Keys {
        Keys {
            text: f.texts.par_iter().map(|t| key(t.as_bytes())).collect(),
            head: f
                .texts
                .par_iter()
                .map(|t| key(head_of(t).as_bytes()))
                .collect(),
            of: f
                .by
                .par_iter()
                .map(|v| key(&v.iter().flat_map(|i| i.to_le_bytes()).collect::<Vec<u8>>()))
                .collect(),
        }
    }
    fn made(asked: &[Q], k: &Keys) -> [u8; 16] {
        let mut h = Sha256::new();
        for q in asked {
            h.update(match q {
                Q::Text(i) => k.text[*i as usize],
                Q::Head(i) => k.head[*i as usize],
                Q::Of(i) => k.of[*i as usize],
            });
        }
        let h = h.finalize();
        let mut o = [0; 16];
        o.copy_from_slice(&h[..16]);
        o
    }
    type Rec = Vec<(Vec<Q>, [u8; 16], [u8; 16])>;
    fn one(f: &Facts, j: usize) -> (Vec<Q>, [u8; 16]) {
        let n = Noting {
            facts: f,
            asked: Mutex::new(Vec::new()),
        };
        let r = if j < N {
            let heads: Vec<String> = n.of(j % COUNTIES).iter().map(|o| n.head(*o)).collect();
            let mut p = vec![n.text(j)];
            p.extend(heads.iter().map(String::as_str));
            render(&p)
        } else if j < 2 * N {
            render(&[n.text(j - N)])
        } else {
            let heads: Vec<String> = n.of(j - 2 * N).iter().map(|o| n.head(*o)).collect();
            render(&heads.iter().map(String::as_str).collect::<Vec<_>>())
        };
        (n.asked.into_inner().unwrap(), r)
    }
    fn all(f: &Facts, before: Option<&Rec>) -> Rec {
        let k = all_keys(f);
        (0..2 * N + COUNTIES)
            .into_par_iter()
            .map(|j| {
                if let Some(b) = before {
                    let (asked, key, r) = &b[j];
                    if made(asked, &k) == *key {
                        return (asked.clone(), *key, *r);
                    }
                }
                let (asked, r) = one(f, j);
                let key = made(&asked, &k);
                (asked, key, r)
            })
            .collect()
    }
    pub fn run() -> Vec<u8> {
        let mut texts: Vec<String> = (0..N).map(|i| text(i, "")).collect();
        let mut by = vec![Vec::new(); COUNTIES];
        for i in 0..N {
            by[i % COUNTIES].push(i);
        }
        let m = memory();
        let (t, u) = (Instant::now(), cpu());
        let a = all(
            &Facts {
                texts: &texts,
                by: &by,
            },
            None,
        );
        println!(
            "keys: first {:?} cpu {:.2} memory +{} MB",
            t.elapsed(),
            cpu() - u,
            memory() - m
        );
        for (what, e) in [
            ("nothing", None),
            ("body", Some(text(77, "再加一段。"))),
            ("title", Some(text(77, "").replacen("关于", "有关", 1))),
        ] {
            if let Some(e) = e {
                texts[77] = e;
            }
            let (t, u) = (Instant::now(), cpu());
            let b = all(
                &Facts {
                    texts: &texts,
                    by: &by,
                },
                Some(&a),
            );
            println!(
                "keys: {what} {:?} cpu {:.2}: {} differ",
                t.elapsed(),
                cpu() - u,
                a.iter().zip(&b).filter(|(a, b)| a.2 != b.2).count()
            );
        }
        a.iter().flat_map(|r| r.2).collect()
    }
}
fn main() {
    let which = std::env::args().nth(1).unwrap_or_default();
    let out = match which.as_str() {
        "salsa" => with_salsa::run(),
        "comemo" => with_comemo::run(),
        "keys" => keys::run(),
        _ => panic!("salsa, comemo or keys"),
    };
    println!("{which}: result {:x?}", &Sha256::digest(&out)[..4]);
}
