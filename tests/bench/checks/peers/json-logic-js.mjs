// json-logic-js: walks the rule at every call.
import jsonLogic from 'json-logic-js';
import rule from './json-logic-rule.mjs';

export const open = () => facts => jsonLogic.apply(rule, facts);
