//! What is finished is not kept: a download of 50,000 rows is written row by row, and a page of a site leaves only a note.

mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::date;
use mingbai::atlas::{Atlas, Facts};
use mingbai::config::Config;
use mingbai::diag::Sink;
use mingbai::output::{Memory, Nowhere, Outlet, OutputFile};
use mingbai::tables::{Format, Tables, all_volumes};
use mingbai::watch::Unwatched;
use mingbai::{link, pipeline, sources};

use support::*;

/// The allocator of the system, with counters: bytes in use, and the maximum so far.
struct Counted;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the allocator of the system unchanged.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::SeqCst) + layout.size();
        MOST.fetch_max(held, Ordering::SeqCst);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::SeqCst);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static MEMORY: Counted = Counted;

/// Tests of one program run at once, and each counts the memory of all.
static TURN: Mutex<()> = Mutex::new(());

const SCHEDULES: usize = 250;
const SESSIONS: usize = 200;

const PLAN: &str = "---\ntitle: 方案\nkind: 工作方案\nnumber: 未载明\nissuers: 未载明\nissued: 2023-07-01\nyear: 2023\npublicity: 主动公开\nregion: 山西省\n---\n\n一、地点\n\n在教育局办理。\n";

#[test]
fn fifty_thousand_rows_are_written_without_keeping_them_in_memory() {
    let _turn = TURN.lock();
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(
        &repository().join("data/regions"),
        &folder.path().join("data/regions"),
    );
    write_files(folder.path(), [("content/notices/plan.md", PLAN)]);
    for number in 0..SCHEDULES {
        let mut text = format!(
            "title: 右玉县2023年受理安排之{number}\ncounty: 山西省 朔州市 右玉县\nyear: 2023\nsource: plan\ncontacts: 未载明\nsessions:\n"
        );
        for session in 0..SESSIONS {
            text.push_str(&format!(
                "  - {{date: 2023-08-{:02}, place: 第{number}乡镇政务服务中心{session}号窗口, service: 首贷、续贷, morning: {session}, afternoon: 30}}\n",
                session % 28 + 1
            ));
        }
        let path = format!("data/schedules/plan-{number}.yaml");
        write_files(folder.path(), [(path.as_str(), text.as_str())]);
    }
    let mut sink = Sink::default();
    let sources = sources::read(folder.path(), &mut sink).expect("a site folder");
    let model = link::load(&sources, &mut sink);
    assert!(!sink.has_errors());
    let atlas = Atlas::new(&model);
    let facts = Facts::new(&model, &atlas, &[], &sources);
    let tables = Tables::new(&facts, date(2023, 9, 1));
    let of = all_volumes(&tables.datasets)
        .find(|of| of.resource.name == "schedules/sessions")
        .expect("the table of sessions");
    assert_eq!(of.volume.rows.len(), SCHEDULES * SESSIONS);
    for format in Format::ALL {
        let before = HELD.load(Ordering::SeqCst);
        MOST.store(before, Ordering::SeqCst);
        let bytes = tables.bytes(&facts, of, format);
        let most = MOST.load(Ordering::SeqCst) - before;
        let size = bytes.len();
        // While a vector grows, there are two copies of it, the new one up to twice as large as its contents.
        assert!(size > 1_000_000, "{format:?}: {size}");
        assert!(
            most < 3 * size + 1_000_000,
            "{format:?}: a file of {size} bytes took {most}"
        );
    }
}

/// Counts what it is given, and keeps nothing.
#[derive(Default)]
struct Counting {
    files: AtomicUsize,
    bytes: AtomicUsize,
}

impl Outlet for Counting {
    fn put(&self, _: String, file: OutputFile) {
        self.files.fetch_add(1, Ordering::SeqCst);
        self.bytes.fetch_add(file.bytes.len(), Ordering::SeqCst);
    }
}

/// The most memory that a build needs beyond what it was given, and its result.
fn measured<O: Outlet>(folder: &std::path::Path, outlet: O) -> (usize, O) {
    let mut sink = Sink::default();
    let sources = sources::read(folder, &mut sink).expect("a site folder");
    let config = Config {
        today: date(2023, 9, 1),
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let before = HELD.load(Ordering::SeqCst);
    MOST.store(before, Ordering::SeqCst);
    let begin = || Ok::<_, ()>(Some(outlet));
    let left = pipeline::Left::default();
    let (_, outlet, _) =
        pipeline::build_to(&sources, &config, left, begin, &Unwatched, &mut sink).expect("a build");
    let most = MOST.load(Ordering::SeqCst) - before;
    assert!(
        !sink.has_errors(),
        "{:?}",
        sink.into_sorted(&sources).first()
    );
    (most, outlet.expect("a sound site"))
}

#[test]
fn no_page_is_kept_after_it_was_finished() {
    const NOTICES: usize = 600;
    let _turn = TURN.lock();
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_theme_and_regions(folder.path());
    for number in 0..NOTICES {
        let text = PLAN.replace("title: 方案", &format!("title: 第{number}号方案"));
        let path = format!("content/notices/plan-{number}.md");
        write_files(folder.path(), [(path.as_str(), text.as_str())]);
    }
    let (streamed, counted) = measured(folder.path(), Counting::default());
    let (whole, memory) = measured(folder.path(), Memory::default());
    let (checked, _) = measured(folder.path(), Nowhere);
    let tree = memory.into_tree();
    let bytes: usize = tree.values().map(|file| file.bytes.len()).sum();
    assert_eq!(counted.files.into_inner(), tree.len());
    assert_eq!(counted.bytes.into_inner(), bytes);
    assert!(bytes > NOTICES * 10_000, "{bytes}");
    for (name, most) in [("streamed", streamed), ("checked", checked)] {
        // The peaks are at different moments, so not all of the bytes is the difference.
        assert!(
            most + bytes / 2 < whole,
            "{name}: {most}, in memory: {whole}, written: {bytes}"
        );
    }
}
