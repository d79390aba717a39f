// json-logic-js: walks the rule at every call. The bench says which file `rule` is.
import jsonLogic from 'json-logic-js';
import rule from 'rule';

export const open = () => facts => jsonLogic.apply(rule, facts);
