// json-logic-engine: compiles the rule to JavaScript first. The bench says which file `rule` is.
import {LogicEngine} from 'json-logic-engine';
import rule from 'rule';

export const open = () => new LogicEngine().build(rule);
