import test from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {EngineFact, Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {engine} from './sample-facts.js';

const checks: CheckDeclaration[] = [
	{check: 'exit', is: 0, finding: 'no-answer', hint: 'Look for the port again.'},
];

const judged = test.macro(
	(t, words: string, place: Partial<EngineFact>, finding: string, says: RegExp = /./) => {
		const run: Fact = {
			fact: 'run',
			stepId: 's',
			exitCode: 7,
			stdout: '',
			stderr: words,
			builder: null,
			stages: [],
		};
		const verdict = judgeChecks(checks, [run, engine(place)]);
		t.is(verdict.finding, finding);
		t.is(verdict.verdict, finding === 'no-answer' ? 'failed' : 'unknown');
		t.regex(`${verdict.reason} ${verdict.next}`, says);
	},
);

const refused = "curl: (7) Failed to connect to 10.0.0.1 port 8050 after 0 ms: Couldn't connect to server\n";
const remote = {local: false, address: '10.0.0.1'};
const inContainer = {...remote, inContainer: true} as const;

test('a curl that is refused on this machine is the learner’s to mend', judged, refused, {}, 'no-answer');
test(
	'a curl that does not reach another machine is not',
	judged,
	refused,
	remote,
	'unreachable-host',
	/at 10\.0\.0\.1: Failed to connect/,
);
test(
	'a curl from within a container is not',
	judged,
	refused,
	inContainer,
	'unreachable-host',
	/you are in a container and the ports are on its host.*--network host/,
);
test('no such host', judged, 'curl: (6) Could not resolve host: far.example', remote, 'unreachable-host');
test('no answer in time', judged, 'curl: (28) Connection timed out', remote, 'unreachable-host');
test('a server that hangs up was reached', judged, 'curl: (52) Empty reply from server', remote, 'no-answer');
