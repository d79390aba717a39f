// publicodes: 类别 of data/checks/hunan-rescue.yaml, clause by clause, its named conditions as rules. The names are
// ASCII because expressions of publicodes take no Chinese ones.
import Engine from 'publicodes';

const asked = {question: '?'};
const all = (...conditions) => ({'toutes ces conditions': conditions});
const any = (...conditions) => ({'une de ces conditions': conditions});

const rules = {
  loan: asked,
  student: {question: '?', 'une possibilité': ['graduated', 'studying', 'left', 'dead', 'missing']},
  'student . graduated': null,
  'student . studying': null,
  'student . left': null,
  'student . dead': null,
  'student . missing': null,
  work: {question: '?', 'une possibilité': ['able', 'unassessed', 'severe', 'light']},
  'work . able': null,
  'work . unassessed': null,
  'work . severe': null,
  'work . light': null,
  mind: {question: '?', 'une possibilité': ['able', 'unruled', 'ruled']},
  'mind . able': null,
  'mind . unruled': null,
  'mind . ruled': null,
  said: {question: '?', 'une possibilité': ['below', 'not', 'numbers']},
  'said . below': null,
  'said . not': null,
  'said . numbers': null,
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

  finished: any("student = 'graduated'", all("student = 'left'", 'counts')),
  graduate: all('loan', 'finished'),
  below: any("said = 'below'", all("said = 'numbers'", 'income < line')),

  category: {
    variations: [
      {si: all('loan', "student = 'dead'"), alors: 0},
      {si: all('loan', "student = 'missing'"), alors: 1},
      {si: all('graduate', "mind = 'ruled'"), alors: 2},
      {si: all('graduate', "work = 'severe'"), alors: 3},
      {si: all('graduate', 'disaster', 'applied // 10000 = struck // 10000'), alors: 4},
      {si: all('graduate', 'ill', 'insured'), alors: 5},
      {si: all('graduate', 'poor = non', 'grace', 'below'), alors: 6},
      {si: all('graduate', 'poor', any('employed = non', 'below')), alors: 7},
      {si: all('graduate', "work = 'unassessed'"), alors: 8},
      {si: all('graduate', "mind = 'unruled'"), alors: 9},
      {si: 'loan = non', alors: 10},
      {si: any("student = 'studying'", "student = 'left'"), alors: 11},
      {sinon: 12},
    ],
  },
};

export const open = () => {
  const engine = new Engine(rules);
  return situation => engine.setSituation(situation).evaluate('category').nodeValue;
};
