// 类别 of data/checks/hunan-rescue.yaml in JsonLogic, clause by clause. JsonLogic has no names for conditions, so that
// they stand wherever they are used.

const fact = name => ({var: name});
const is = (name, value) => ({'===': [fact(name), value]});
const year = name => ({'-': [fact(name), {'%': [fact(name), 10000]}]});

const graduated = {or: [is('student', 'graduated'), {and: [is('student', 'left'), fact('counts')]}]};
const graduate = {and: [fact('loan'), graduated]};
const below = {or: [is('said', 'below'), {and: [is('said', 'numbers'), {'<': [fact('income'), fact('line')]}]}]};

export default {if: [
  {and: [fact('loan'), is('student', 'dead')]}, 0,
  {and: [fact('loan'), is('student', 'missing')]}, 1,
  {and: [graduate, is('mind', 'ruled')]}, 2,
  {and: [graduate, is('work', 'severe')]}, 3,
  {and: [graduate, fact('disaster'), {'===': [year('applied'), year('struck')]}]}, 4,
  {and: [graduate, fact('ill'), fact('insured')]}, 5,
  {and: [graduate, {'!': fact('poor')}, fact('grace'), below]}, 6,
  {and: [graduate, fact('poor'), {or: [{'!': fact('employed')}, below]}]}, 7,
  {and: [graduate, is('work', 'unassessed')]}, 8,
  {and: [graduate, is('mind', 'unruled')]}, 9,
  {'!': fact('loan')}, 10,
  {in: [fact('student'), ['studying', 'left']]}, 11,
  12,
]};
