// json-logic-engine: compiles the rule to JavaScript first.
import {LogicEngine} from 'json-logic-engine';
import rule from './json-logic-rule.mjs';

export const open = () => new LogicEngine().build(rule);
