//! The questions of pilot lists and assessments. Names are read from the notice; they are not typed.

use super::{Desk, question};
use crate::cli::asks::Stop;
use crate::desk::new::{Entries, GradeAnswer, ListAnswers, NewFile, clauses};
use crate::desk::places::Wanted;
use crate::model::{DocumentId, DocumentKind};
use crate::text::Bilingual;

impl Desk<'_, '_> {
    /// The questions of both kinds of list, and the id: all but what the list holds.
    fn list(&mut self, what: &str, ending: &str, kind: DocumentKind) -> Result<List, Stop> {
        let source = self.source()?;
        let year = self.year(source)?;
        let places = self.places(year);
        let region = self.place(&places, Wanted::Any, source)?;
        let programme = question("项目（哪一项试点或考核）：", "Programme:", String::new());
        let programme =
            self.talk
                .text("--programme", self.args.programme.as_deref(), &programme)?;
        let proposal = match year {
            Some(year) if !programme.is_empty() => format!("{year}年{programme}{what}"),
            _ => String::new(),
        };
        let title = self.title(proposal)?;
        let given = self.args.clause.clone();
        let words = Bilingual::new("名单在哪一条：", "Which clause contains the list:");
        let clause = self.clause("--clause", given.as_deref(), source, &words)?;
        let id = self.id(&places, &region, year, ending, kind.sources())?;
        let topics = self.topics()?;
        Ok(List {
            source,
            answers: ListAnswers {
                id,
                title,
                programme,
                year: year.unwrap_or_default(),
                region,
                source: self.source_id(source),
                clause,
                topics,
                entries: Entries::Counties(Vec::new()),
            },
        })
    }

    /// The names that a clause lists.
    fn names_of(&self, source: Option<DocumentId>, clause: &str) -> Vec<(String, Vec<String>)> {
        self.document(source).map_or_else(Vec::new, |document| {
            clauses::names(document, clause, self.sources)
        })
    }

    fn source_id(&self, source: Option<DocumentId>) -> String {
        self.document(source)
            .map_or_else(String::new, |d| d.id.clone())
    }

    pub(super) fn pilots(&mut self) -> Result<NewFile, Stop> {
        let List { source, answers } = self.list("名单", "-pilots", DocumentKind::Pilots)?;
        self.talk.complete()?;
        let counties = self.names_of(source, &answers.clause);
        if counties.is_empty() {
            let clause = &answers.clause;
            return Err(Stop::Trouble(Bilingual::new(
                format!(
                    "条款“{clause}”里没有读出名单。名单每行写作“太原市：清徐县、阳曲县。”，或是表格；看看是不是另一条"
                ),
                format!(
                    "no list was found in clause {clause}. A list consists of lines such as 太原市：清徐县、阳曲县。 or of a table; check whether it is in another clause"
                ),
            )));
        }
        let entries = Entries::Counties(counties);
        Ok(ListAnswers { entries, ..answers }.file(self.voice.lang))
    }

    pub(super) fn assessment(&mut self) -> Result<NewFile, Stop> {
        let List { source, answers } =
            self.list("结果", "-assessment", DocumentKind::Assessment)?;
        let mut grades = self.given_grades(source)?;
        if grades.is_empty() {
            // The first is required, or its flag is missing.
            grades.push(self.grade(source)?);
            self.talk.complete()?;
            while self.talk.confirm(
                &Bilingual::new("还有别的等次吗？", "Is there another grade?"),
                true,
            )? {
                grades.push(self.grade(source)?);
            }
        }
        self.talk.complete()?;
        let entries = Entries::Grades(grades);
        Ok(ListAnswers { entries, ..answers }.file(self.voice.lang))
    }

    fn given_grades(&self, source: Option<DocumentId>) -> Result<Vec<GradeAnswer>, Stop> {
        let mut grades = Vec::new();
        for given in &self.args.grades {
            let Some((grade, list)) = given.split_once('=') else {
                return Err(Stop::Trouble(Bilingual::new(
                    format!("--grade {given}：写作“优秀=附件 一”"),
                    format!("--grade {given}: write it as 优秀=附件 一"),
                )));
            };
            let (grade, list) = (grade.trim().to_owned(), list.trim().to_owned());
            let counties = self.names_of(source, &list);
            grades.push(GradeAnswer {
                grade,
                list,
                counties,
            });
        }
        Ok(grades)
    }

    fn grade(&mut self, source: Option<DocumentId>) -> Result<GradeAnswer, Stop> {
        let grade = question("等次：", "Grade:", String::new());
        let grade = self.talk.text("--grade", None, &grade)?;
        if grade.is_empty() {
            return Ok(GradeAnswer {
                grade,
                list: String::new(),
                counties: Vec::new(),
            });
        }
        let words = Bilingual::new("这一等的名单在哪一条：", "Which clause lists it:");
        let list = self.clause("--grade", None, source, &words)?;
        let counties = self.names_of(source, &list);
        Ok(GradeAnswer {
            grade,
            list,
            counties,
        })
    }
}

/// A list about to be made.
struct List {
    source: Option<DocumentId>,
    answers: ListAnswers,
}
