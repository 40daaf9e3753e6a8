import { cannotRun } from '../errors.ts';
import type { AlarmState } from '../types.ts';

type State = AlarmState['state'];
/** Whether a composite alarm is in ALARM, from the states of the other alarms by name. */
export type AlarmRule = (stateOf: (name: string) => State | undefined) => boolean;

/** `ALARM("a") AND (OK(b) OR NOT TRUE)`, with alarms by name or ARN. */
export function parseAlarmRule(text: string, where: string): AlarmRule {
  const tokens = text.match(/"[^"]*"|[()]|[^\s()"]+/g) ?? [];
  let position = 0;
  const fail = (problem: string): never => {
    throw cannotRun(where, `${problem} in the rule ${text}`);
  };
  const take = (token: string) => {
    if (tokens[position++] !== token) fail(`${token} is missing`);
  };
  const either = (): AlarmRule => {
    let left = both();
    while (tokens[position] === 'OR') {
      position += 1;
      const [first, second] = [left, both()];
      left = (stateOf) => first(stateOf) || second(stateOf);
    }
    return left;
  };
  const both = (): AlarmRule => {
    let left = single();
    while (tokens[position] === 'AND') {
      position += 1;
      const [first, second] = [left, single()];
      left = (stateOf) => first(stateOf) && second(stateOf);
    }
    return left;
  };
  const single = (): AlarmRule => {
    const token = tokens[position++];
    if (token === 'NOT') {
      const negated = single();
      return (stateOf) => !negated(stateOf);
    }
    if (token === '(') {
      const inside = either();
      take(')');
      return inside;
    }
    if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE';
    if (token !== 'ALARM' && token !== 'OK' && token !== 'INSUFFICIENT_DATA') return fail(`unexpected ${token}`);
    take('(');
    const name = (tokens[position++] ?? '').replaceAll('"', '').replace(/^arn:.*:alarm:/, '');
    take(')');
    return (stateOf) => (stateOf(name) ?? fail(`there is no alarm ${name}`)) === token;
  };
  const rule = either();
  if (position < tokens.length) fail(`unexpected ${tokens[position]}`);
  return rule;
}
