// publicodes: 类别 of data/checks/hunan-rescue.yaml, clause by clause, its named conditions as rules. The names are
// ASCII because expressions of publicodes take no Chinese ones.
import Engine from 'publicodes';

const asked = {question: '?'};
const all = (...conditions) => ({'toutes ces conditions': conditions});
const any = (...conditions) => ({'une de ces conditions': conditions});

const rules = {
  loan: {question: '?', 'une possibilité': ['home', 'campus', 'both', 'neither']},
  'loan . home': null,
  'loan . campus': null,
  'loan . both': null,
  'loan . neither': null,
  student: {question: '?', 'une possibilité': ['graduated', 'studying', 'left', 'dead', 'missing']},
  'student . graduated': null,
  'student . studying': null,
  'student . left': null,
  'student . dead': null,
  'student . missing': null,
  grade: asked,
  incapable: asked,
  disaster: asked,
  struck: asked,
  applied: asked,
  ill: asked,
  insured: asked,
  poor: asked,
  employed: asked,
  income: asked,
  line: asked,
  grace: asked,
  counts: asked,

  borrower: any("loan = 'home'", "loan = 'campus'", "loan = 'both'"),
  finished: any("student = 'graduated'", all("student = 'left'", 'counts')),
  graduate: all('borrower', 'finished'),
  below: {valeur: 'income < line'},

  category: {
    variations: [
      {si: all('borrower', "student = 'dead'"), alors: 0},
      {si: all('borrower', "student = 'missing'"), alors: 1},
      {si: all('graduate', 'grade >= 1', 'grade <= 4'), alors: 2},
      {si: all('graduate', 'incapable'), alors: 3},
      {si: all('graduate', 'disaster', 'applied // 10000 = struck // 10000'), alors: 4},
      {si: all('graduate', 'ill', 'insured'), alors: 5},
      {si: all('graduate', 'poor = non', 'grace', 'below'), alors: 6},
      {si: all('graduate', 'poor', any('employed = non', 'below')), alors: 7},
      {si: "loan = 'neither'", alors: 8},
      {si: any("student = 'studying'", "student = 'left'"), alors: 9},
      {sinon: 10},
    ],
  },
};

export const open = () => {
  const engine = new Engine(rules);
  return situation => engine.setSituation(situation).evaluate('category').nodeValue;
};
