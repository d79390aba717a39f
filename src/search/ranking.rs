//! The numbers of the ranking: each with its unit and its reason, once for the program and for the browser.
//!
//! Comes in: nothing. Goes out: constants, and the list of them ([`ALL`]) from which [`crate::script`] writes those of
//! the theme's scripts. All of them were chosen on the judged questions of `tests/search/queries.jsonl`, where a change
//! shows; a reason says what a number is for, the questions say why it is not a little larger or smaller.

/// A number of the ranking, as the theme's scripts get it.
#[derive(Debug, Clone, Copy)]
pub struct Constant {
    /// The name, the same on both sides.
    pub name: &'static str,
    /// The value.
    pub value: i64,
    /// Unit and reason.
    pub doc: &'static str,
}

macro_rules! constants {
    ($( $(#[doc = $doc:literal])+ $name:ident: $type:ty = $value:expr; )+) => {
        $( $(#[doc = $doc])+ pub const $name: $type = $value; )+

        /// Every constant of this file, in its order.
        pub const ALL: &[Constant] = &[
            $( Constant { name: stringify!($name), value: $value as i64, doc: concat!($($doc),+) }, )+
        ];
    };
}

constants! {
    // ---- reading a question ----

    /// Characters of a question that are read; more is pasted text, and its first words say what it is about.
    MAX_QUESTION_CHARACTERS: usize = 80;
    /// Units (characters, syllables, words) of a question that are counted: the bits of a positive 32-bit number.
    MAX_UNITS: usize = 31;
    /// Characters of the longest phrase of the vocabulary.
    MAX_PHRASE_CHARACTERS: usize = 10;
    /// Letters of the longest Latin word that is read as syllables.
    MAX_SYLLABLE_LETTERS: usize = 48;
    /// Ways in which Latin letters are cut into syllables, at most: fangan is fang'an or fan'gan.
    MAX_SYLLABLE_CUTS: usize = 3;

    // ---- factors of tokens, in sixteenths of the weight of the term ----

    /// A token as it was typed.
    FACTOR_WHOLE: u32 = 16;
    /// A second reading of what was typed: pairs of syllables, a document number without its issuer.
    FACTOR_SECOND: u32 = 12;
    /// A token that a correction brought: below what was typed, above what only helps.
    FACTOR_CORRECTED: u32 = 11;
    /// A single character, or a pair of a phrase that asks (什么时候): both are in many texts.
    FACTOR_HALF: u32 = 8;

    // ---- which shelves are fetched ----

    /// Shelves fetched for a question: each is a request, and the sixth rarely changes the first result.
    MAX_SHELVES: usize = 6;
    /// Shelves fetched for a long question, which may be a whole title.
    MAX_SHELVES_LONG: usize = 8;
    /// Units above which a question is long.
    LONG_QUESTION_UNITS: usize = 12;
    /// Shelves fetched to correct what was not found.
    MAX_CORRECTION_SHELVES: usize = 4;
    /// What a shelf gains by a pair of common ideographs, which says little (points of the plan).
    PLAN_COMMON_PAIR: u32 = 1;
    /// What a shelf gains by any other pair of ideographs.
    PLAN_PAIR: u32 = 4;
    /// What a shelf gains by a number, a date, a word or syllables: they lead straight to the document.
    PLAN_WORD: u32 = 8;
    /// Shelves after which one that only helps (a phrase that asks) is not fetched.
    ENOUGH_FOR_HELP: usize = 3;
    /// Shelves after which one with only common pairs is not fetched, if `ENOUGH_STRONG` of them say more.
    ENOUGH_FOR_COMMON: usize = 4;
    /// Shelves with at least `PLAN_PAIR` points that make common pairs unnecessary.
    ENOUGH_STRONG: usize = 3;

    // ---- points of an entry ----

    /// A light character (我, 要, 还) weighs at most the size of the site divided by this.
    LIGHT_KNOWN_DIVISOR: i64 = 4;
    /// A light character that no text has weighs the size of the site divided by this.
    LIGHT_UNKNOWN_DIVISOR: i64 = 8;
    /// A unit that was looked for and is nowhere weighs this many eighths of the size of the site: it counts as rare.
    UNKNOWN_UNIT_EIGHTHS: i64 = 5;
    /// The same in a question of more than six units, and of more than ten: the longer, the more of it is talk.
    UNKNOWN_UNIT_EIGHTHS_LONG: i64 = 4;
    /// See `UNKNOWN_UNIT_EIGHTHS_LONG`.
    UNKNOWN_UNIT_EIGHTHS_LONGEST: i64 = 2;
    /// Points of an entry that says what is asked for (a time, papers), for each level, times `FACTOR_WHOLE`.
    INTENT_WEIGHT: i64 = 10;
    /// An entry gets its page's points divided by this, a page those of its best entry: enough to bring together what
    /// is said in a title and in a clause, too little to push an empty clause up.
    SHARED_POINTS_DIVISOR: i64 = 3;
    /// The score of a document whose own number is asked for is multiplied by this.
    NUMBER_FACTOR: i64 = 2;
    /// In a large site, the score of one county's document is divided by this if no place is named: when many counties
    /// say the same, the rule for all of them is meant.
    LOCAL_DIVISOR: i64 = 2;
    /// A self-check is looked at first if its score is at least this many tenths of the best.
    LIFTED_CHECK_TENTHS: i64 = 6;

    // ---- what only the words of an entry show ----

    /// Of the share of the question that is in an entry in one piece, the score gains this part.
    COMMON_PIECE_DIVISOR: i64 = 2;
    /// The score of a page whose title was typed exactly is multiplied by this.
    WHOLE_TITLE_FACTOR: i64 = 3;
    /// In questions longer than this, characters in the order of the title can mean the title.
    TITLE_ORDERED_CHARACTERS: i64 = 6;
    /// Tenths of the question that the title must have in the same order.
    TITLE_ORDERED_TENTHS: i64 = 9;
    /// In questions longer than this, characters of the title in any order can mean the title.
    TITLE_LOOSE_CHARACTERS: i64 = 9;
    /// Twentieths of the question that the title must have in any order.
    TITLE_LOOSE_TWENTIETHS: i64 = 19;
    /// In questions longer than this, a title with all of their characters is meant.
    TITLE_ALL_CHARACTERS: i64 = 5;
    /// Halves by which the score of a meant title is multiplied.
    TITLE_HALVES: i64 = 3;
    /// The score of topics and of the site's own texts is divided by this, unless their title was typed: the documents
    /// themselves come first.
    TEXT_DIVISOR: i64 = 2;
    /// What is open or in force on the reader's day gains its score divided by this: it decides between equals.
    OPEN_DIVISOR: i64 = 16;
    /// The score of what was repealed, replaced or withdrawn by the reader's day is divided by this: what took its place
    /// comes first.
    ENDED_DIVISOR: i64 = 4;
    // Whether a result is only a suggestion: a sum of shares in per cent, each times its number, below 0. The numbers were
    // found by logistic regression on the judged questions (`tests/search`), those that are held back left out.

    /// What the score says, as a share of `SURE_SCORE` times the weight of the question.
    SURE_BY_SCORE: i64 = 409;
    /// What the share of the question says that is covered: what the score says already counts less.
    SURE_BY_COVERED: i64 = -186;
    /// What words say that the site does not have.
    SURE_BY_UNKNOWN: i64 = -163;
    /// What the length of the question says, as a share of `SURE_UNITS`: who writes much asks something real.
    SURE_BY_LENGTH: i64 = 479;
    /// What it says that a title, a number or a place is meant.
    SURE_BY_DIRECT: i64 = 79;
    /// What words say that titles have.
    SURE_BY_TITLED: i64 = 61;
    /// What names and everyday phrases say.
    SURE_BY_PHRASED: i64 = 64;
    /// What the sum must reach.
    SURE_FROM: i64 = 35_200;
    /// The score, per weight of the question, that counts as the whole share; at most twice as much counts.
    SURE_SCORE: i64 = 30;
    /// The units of a question that count as the whole share.
    SURE_UNITS: i64 = 16;

    // ---- what is shown ----

    /// Results that are compared and shown at once.
    WINDOW: usize = 5;
    /// Boxes from which the first results come, at most: the others follow when these are shown.
    WINDOW_BOXES: usize = 3;
    /// Results that are ever shown.
    MAX_RESULTS: usize = 48;

    /// Characters of the piece of a text that a result shows.
    MAX_EXCERPT_CHARACTERS: usize = 90;
    /// The same, for the first result: as much as the first screen of a phone has room for.
    MAX_FIRST_EXCERPT_CHARACTERS: usize = 200;
    /// The score of a document or a self-check as a whole is multiplied by this many tenths, unless its title is meant: a
    /// clause says it, a page has it somewhere.
    PAGE_TENTHS: i64 = 8;
    /// The same for a self-check: an answer only where one of its own questions is what is asked.
    CHECK_TENTHS: i64 = 4;
    /// The same for a province or a prefecture.
    AREA_TENTHS: i64 = 3;
    /// The score of a clause with a number or a day, if one is asked for, gains its score divided by this.
    EVIDENT_DIVISOR: i64 = 3;
    /// A province or a prefecture that is named is more than a suggestion if it covers this share of the question, in per
    /// cent.
    SURE_AREA_PERCENT: i64 = 50;
    /// A place answers if it covers at most this much less of the question, in per cent, than something else.
    PLACE_COVERED_LESS: i64 = 3;

    // ---- facts of places ----

    /// Facts that a card shows.
    MAX_CARD_FACTS: usize = 6;
    /// Characters of a question that neither the place, nor what is asked, nor the facts have: with more, it is about
    /// something else.
    MAX_STRANGE_CHARACTERS: usize = 5;
    /// The same, for characters next to each other.
    MAX_STRANGE_PIECE: usize = 3;

    /// Words of the glossary whose meaning a card shows: more than one if the difference is asked for.
    MAX_MEANINGS: usize = 2;
    /// Results one of which has the number that was asked for; if none has, the texts do not say it.
    RESULTS_WITH_EVIDENCE: usize = 3;
    /// Characters after the phrase of a question that asks for a number: with more, it only tells something.
    MAX_AFTER_PHRASE: usize = 4;
    /// Digits of the shortest telephone number.
    PHONE_DIGITS: usize = 7;
    /// A pair is plain, and never strange, if its frequency is more than that of the site divided by this (magnitudes).
    PLAIN_FREQUENCY_DIVISOR: u32 = 3;

    // ---- corrections, and places of which the site has nothing ----

    /// Units of the longest question that is corrected: in a longer one, what is known is enough.
    MAX_CORRECTED_UNITS: usize = 8;
    /// Characters of the longest name of a place.
    MAX_PLACE_CHARACTERS: usize = 16;
    /// Characters of the shortest name of a place of which the site has nothing.
    MIN_ABSENT_PLACE_CHARACTERS: usize = 3;
    /// Characters of an issuer's name that the exact key of a document number repeats (助学 of 晋教助学).
    ISSUER_TAIL_CHARACTERS: usize = 2;

    // ---- levels of fields, from 1 to 15: how much a match in a field says ----

    /// From this level on, a document number is the document's own and not one that a text cites.
    LEVEL_OWN_NUMBER: u8 = level::NAME - 1;
    /// From this level on, a name is the entry's own or that of a place around it.
    LEVEL_NAMED: u8 = level::HEADING;
    /// Above this level, a whole name is that of a place.
    LEVEL_TOPIC: u8 = level::TOPIC;
    /// Above this level, it is that of a county.
    LEVEL_AREA: u8 = level::FORMER_NAME;
}

/// How much a match in a field says, from 1 to 15: the level of a posting.
pub mod level {
    /// The whole of a county's name, or a document's own number.
    pub const NAME: u8 = 15;
    /// A title.
    pub const TITLE: u8 = 10;
    /// A name that a place had, or one of a place around; the short form of either is one less.
    pub const FORMER_NAME: u8 = 12;
    /// The name of a topic.
    pub const TOPIC: u8 = 10;
    /// A document number that a text cites.
    pub const CITED: u8 = 8;
    /// A heading.
    pub const HEADING: u8 = 8;
    /// Another name of a topic or of a self-check.
    pub const ALIAS: u8 = 7;
    /// Plain words, questions of self-checks.
    pub const LEAD: u8 = 5;
    /// The text of a clause of usual length.
    pub const BODY: u8 = 5;
    /// Issuers, topics, the place around.
    pub const AROUND: u8 = 3;
    /// Foreign words and first words of the site's own texts.
    pub const ASIDE: u8 = 2;
}

/// Characters with which names of places end.
pub const PLACE_ENDS: &str = "县区市旗州盟省";

/// What a question asks for in addition to its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// When: windows, deadlines.
    Time,
    /// With what: papers, forms.
    Papers,
    /// Whom to ask: telephone numbers.
    Contact,
    /// Where: offices, halls.
    Place,
    /// How many people are served a day.
    Quota,
    /// Which way: online or in person.
    Way,
    /// Who may come, or apply for somebody else.
    Who,
    /// How much money, at which rate.
    Amount,
    /// What a word means.
    Meaning,
    /// How many counties, grades, copies.
    Count,
    /// Which counties.
    Which,
    /// Which office, or which people: 找谁, 谁负责.
    Office,
    /// At which hours, on which days of the week.
    Hours,
    /// The address of an office.
    Address,
    /// How long.
    Duration,
}

impl Intent {
    /// How many there are.
    pub const COUNT: usize = 15;

    /// All of them, in the order in which the index holds them.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Time,
        Self::Papers,
        Self::Contact,
        Self::Place,
        Self::Quota,
        Self::Way,
        Self::Who,
        Self::Amount,
        Self::Meaning,
        Self::Count,
        Self::Which,
        Self::Office,
        Self::Hours,
        Self::Address,
        Self::Duration,
    ];

    /// What is asked of a place.
    pub const OF_PLACES: &[Self] = &[
        Self::Time,
        Self::Papers,
        Self::Contact,
        Self::Place,
        Self::Quota,
        Self::Way,
        Self::Who,
        Self::Hours,
        Self::Address,
        Self::Count,
        Self::Which,
    ];
    /// What is asked of the whole site if no place is named, and of an area before its counties.
    pub const OF_SITE: &[Self] = &[Self::Count, Self::Which];
    /// What a question asks for before anything else: 在哪里 before 网上. If a county's documents do not say it, the search
    /// does.
    pub const FIRST: &[Self] = &[
        Self::Time,
        Self::Papers,
        Self::Contact,
        Self::Place,
        Self::Quota,
        Self::Hours,
        Self::Address,
    ];
    /// What the first results must have so that they answer: an amount, a telephone number, hours.
    pub const EVIDENT: &[Self] = &[
        Self::Amount,
        Self::Contact,
        Self::Hours,
        Self::Address,
        Self::Duration,
    ];
    /// What is answered by a number or a day.
    pub const NUMBERS: &[Self] = &[
        Self::Time,
        Self::Contact,
        Self::Quota,
        Self::Amount,
        Self::Count,
        Self::Hours,
    ];

    /// The key under which `data/search.yaml` holds the phrases.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Papers => "papers",
            Self::Contact => "contact",
            Self::Place => "place",
            Self::Quota => "quota",
            Self::Way => "way",
            Self::Who => "who",
            Self::Amount => "amount",
            Self::Meaning => "meaning",
            Self::Count => "count",
            Self::Which => "which",
            Self::Office => "office",
            Self::Hours => "hours",
            Self::Address => "address",
            Self::Duration => "duration",
        }
    }

    /// The place in [`Self::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// What was asked, after the name of a place.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Time => "什么时候办",
            Self::Papers => "要带什么",
            Self::Contact => "的电话",
            Self::Place => "在哪里办",
            Self::Quota => "一天办多少人",
            Self::Way => "能不能在网上办",
            Self::Who => "由谁去办",
            Self::Amount => "能贷多少",
            Self::Meaning => "是什么",
            Self::Count => "有多少",
            Self::Which => "有哪些",
            Self::Office => "找谁",
            Self::Hours => "几点上班",
            Self::Address => "的地址",
            Self::Duration => "要多久",
        }
    }

    /// What is not written, after 没有写.
    pub const fn unwritten(self) -> &'static str {
        match self {
            Self::Amount => "是多少钱、多少利率",
            Self::Contact => "电话号码",
            Self::Address => "地址",
            Self::Duration => "要多久、是几年",
            Self::Hours => "几点上班、哪几天不办",
            other => other.words(),
        }
    }

    /// The letter that a fact of the index has.
    pub fn letter(self) -> char {
        char::from(b'a' + u8::try_from(self.index()).unwrap_or(0))
    }

    /// Whether its phrases are taken out of a question: 什么时候 says nothing of the subject; 网上办 does.
    pub const fn is_taken_out(self) -> bool {
        matches!(
            self,
            Self::Time
                | Self::Papers
                | Self::Contact
                | Self::Place
                | Self::Meaning
                | Self::Count
                | Self::Office
                | Self::Hours
                | Self::Address
                | Self::Duration
        )
    }
}

/// What an entry is; the letter is in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A notice.
    Notice,
    /// A list, a schedule or an assessment.
    Data,
    /// A clause of a text, a section of a page.
    Clause,
    /// A county.
    County,
    /// A province or a prefecture.
    Area,
    /// A topic.
    Topic,
    /// A self-check.
    Check,
    /// A text of the site itself.
    Text,
}

impl EntryKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Notice,
        Self::Data,
        Self::Clause,
        Self::County,
        Self::Area,
        Self::Topic,
        Self::Check,
        Self::Text,
    ];

    /// The letter that is in the index.
    pub const fn letter(self) -> char {
        match self {
            Self::Notice => 'n',
            Self::Data => 'd',
            Self::Clause => 'c',
            Self::County => 'u',
            Self::Area => 'a',
            Self::Topic => 't',
            Self::Check => 'k',
            Self::Text => 'x',
        }
    }

    /// The kind of a letter.
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.letter() == letter)
    }

    /// The name of the kind in the theme's scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "NOTICE",
            Self::Data => "DATA",
            Self::Clause => "CLAUSE",
            Self::County => "COUNTY",
            Self::Area => "AREA",
            Self::Topic => "TOPIC",
            Self::Check => "CHECK",
            Self::Text => "TEXT",
        }
    }
}
