// Zen in WebAssembly, which offers expressions only: 类别 of data/checks/hunan-rescue.yaml, clause by clause, as one
// expression. It has no names for conditions and is parsed at every call.
import {evaluateExpression, initSync} from '@gorules/zen-engine-wasm';

const graduate = "loan and (student == 'graduated' or student == 'left' and counts)";
const below = "(said == 'below' or said == 'numbers' and income < line)";

const expression = [
  "loan and student == 'dead' ? 0",
  "loan and student == 'missing' ? 1",
  `${graduate} and mind == 'ruled' ? 2`,
  `${graduate} and work == 'severe' ? 3`,
  `${graduate} and disaster and floor(applied / 10000) == floor(struck / 10000) ? 4`,
  `${graduate} and ill and insured ? 5`,
  `${graduate} and not poor and grace and ${below} ? 6`,
  `${graduate} and poor and (not employed or ${below}) ? 7`,
  `${graduate} and work == 'unassessed' ? 8`,
  `${graduate} and mind == 'unruled' ? 9`,
  'not loan ? 10',
  "student in ['studying', 'left'] ? 11",
  '12',
].join(' : ');

export const open = module => {
  initSync({module});
  return facts => evaluateExpression(expression, facts);
};
