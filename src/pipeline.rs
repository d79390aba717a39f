//! The pipeline: the stages in order, nothing else.

use crate::config::Config;
use crate::diag::Sink;
use crate::output::{self, OutputTree};
use crate::pages::{self, atlas::Atlas};
use crate::sources::Sources;
use crate::{assets, checks, model, open, rules, search};

/// What a build makes.
#[derive(Debug, Default)]
pub struct Built {
    /// The site; empty if there are errors.
    pub tree: OutputTree,
    pub checks: Vec<rules::Report>,
}

/// Makes the site in memory. A pure function of its arguments: no disk, no clock, no environment.
///
/// Stages go on after errors and leave out what is unsound, so that all problems of a run are reported; the
/// result is to be written only if `sink` has no errors.
pub fn build(sources: &Sources, config: &Config, sink: &mut Sink) -> Built {
    let mut model = model::load(sources, sink);
    if let Some(base_url) = &config.base_url {
        model.site.base_url.clone_from(base_url);
    }
    checks::run(&model, sources, sink);
    let compiled = rules::compile(&model, sources, sink);
    let mut assets = assets::collect(sources, &model, &compiled);
    let words = search::words::load(sources, sink);
    let atlas = Atlas::new(&model, sources, &compiled, config.today);
    // A run that has errors writes nothing: only what may find more of them is made.
    let sound = !sink.has_errors();
    let files = if sound {
        open::files(&atlas, sink)
    } else {
        Vec::new()
    };
    let shelf = if sound {
        open::Shelf::new(&atlas, &files)
    } else {
        open::Shelf::empty(&atlas)
    };
    let jobs = pages::plan(&atlas, &shelf, sink);
    let pages = pages::render(&atlas, &shelf, &jobs, &assets.names, sink);
    assets.files.extend(files);
    if sink.has_errors() {
        output::check_written_links(&pages, &assets, &pages::intended(sources, &jobs), sink);
        return Built::default();
    }
    let mut files = open::files(&atlas, sink);
    files.extend(search::index(&atlas, &words, sink));
    let built = Built {
        tree: output::assemble(pages, assets, files, &model.site.base_url, sink),
        checks: compiled.iter().map(rules::Compiled::report).collect(),
    };
    // What must be mended comes first.
    if config.advice && !sink.has_errors() {
        checks::advise(&model, sources, config.today, sink);
    }
    built
}
