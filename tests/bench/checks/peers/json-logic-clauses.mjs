// 类别 of data/checks/hunan-rescue.yaml in JsonLogic, clause by clause. JsonLogic has no names for conditions, so that
// they stand wherever they are used.

const fact = name => ({var: name});
const is = (name, value) => ({'===': [fact(name), value]});
const year = name => ({'-': [fact(name), {'%': [fact(name), 10000]}]});

const borrower = {in: [fact('loan'), ['home', 'campus', 'both']]};
const graduated = {or: [is('student', 'graduated'), {and: [is('student', 'left'), fact('counts')]}]};
const graduate = {and: [borrower, graduated]};
const below = {'<': [fact('income'), fact('line')]};

export default {if: [
  {and: [borrower, is('student', 'dead')]}, 0,
  {and: [borrower, is('student', 'missing')]}, 1,
  {and: [graduate, {in: [fact('grade'), [1, 2, 3, 4]]}]}, 2,
  {and: [graduate, fact('incapable')]}, 3,
  {and: [graduate, fact('disaster'), {'===': [year('applied'), year('struck')]}]}, 4,
  {and: [graduate, fact('ill'), fact('insured')]}, 5,
  {and: [graduate, {'!': fact('poor')}, fact('grace'), below]}, 6,
  {and: [graduate, fact('poor'), {or: [{'!': fact('employed')}, below]}]}, 7,
  is('loan', 'neither'), 8,
  {in: [fact('student'), ['studying', 'left']]}, 9,
  10,
]};
