// Zen in WebAssembly, which offers expressions only: 类别 of data/checks/hunan-rescue.yaml, clause by clause, as one
// expression. It has no names for conditions and is parsed at every call.
import {evaluateExpression, initSync} from '@gorules/zen-engine-wasm';

const borrower = "loan in ['home', 'campus', 'both']";
const graduate = `${borrower} and (student == 'graduated' or student == 'left' and counts)`;
const below = 'income < line';

const expression = [
  `${borrower} and student == 'dead' ? 0`,
  `${borrower} and student == 'missing' ? 1`,
  `${graduate} and grade in [1, 2, 3, 4] ? 2`,
  `${graduate} and incapable ? 3`,
  `${graduate} and disaster and floor(applied / 10000) == floor(struck / 10000) ? 4`,
  `${graduate} and ill and insured ? 5`,
  `${graduate} and not poor and grace and ${below} ? 6`,
  `${graduate} and poor and (not employed or ${below}) ? 7`,
  `loan == 'neither' ? 8`,
  `student in ['studying', 'left'] ? 9`,
  '10',
].join(' : ');

export const open = module => {
  initSync({module});
  return facts => evaluateExpression(expression, facts);
};
