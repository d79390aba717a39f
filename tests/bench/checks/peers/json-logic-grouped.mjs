// 类别 of data/checks/hunan-rescue.yaml in JsonLogic, regrouped by hand so that no question is looked at twice: fewer
// steps, but no longer the clauses in their order. The same outcome on every complete sheet.

const fact = name => ({var: name});
const is = (name, value) => ({'===': [fact(name), value]});
const year = name => ({'-': [fact(name), {'%': [fact(name), 10000]}]});

const below = {or: [is('said', 'below'), {and: [is('said', 'numbers'), {'<': [fact('income'), fact('line')]}]}]};
const none = {if: [is('work', 'unassessed'), 8, is('mind', 'unruled'), 9, is('student', 'left'), 11, 12]};

export default {if: [
  {'!': fact('loan')}, 10,
  is('student', 'dead'), 0,
  is('student', 'missing'), 1,
  {or: [is('student', 'graduated'), {and: [is('student', 'left'), fact('counts')]}]}, {if: [
    is('mind', 'ruled'), 2,
    is('work', 'severe'), 3,
    {and: [fact('disaster'), {'===': [year('applied'), year('struck')]}]}, 4,
    {and: [fact('ill'), fact('insured')]}, 5,
    fact('poor'), {if: [{or: [{'!': fact('employed')}, below]}, 7, none]},
    {and: [fact('grace'), below]}, 6,
    none,
  ]},
  11,
]};
