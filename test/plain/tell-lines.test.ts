import test from 'ava';
import {createLineAnnouncer} from '../../source/plain/run-text.js';
import {createLineLogs} from '../../source/storage/line-logs.js';
import {createMemoryFile} from '../../source/storage/run-log.js';

const openLog = () => {
	const logs = createLineLogs(createMemoryFile);
	const writer = logs.open('run');
	let count = 0;
	return {
		announcer: createLineAnnouncer(logs, {runId: 'run', stage: 'build'}, 'build │ '),
		append(lines: number) {
			for (let index = 0; index < lines; index++)
				writer.append('build', `\u001B[31mline ${++count}\u001B[0m`);
		},
	};
};

const numbers = (lines: string[]) => lines.map(line => Number(/line (\d+)/.exec(line)?.[1] ?? Number.NaN));

test('lines are told once, as they come, led by their stage', t => {
	const {announcer, append} = openLog();
	append(2);
	t.deepEqual(numbers(announcer.more()), [1, 2]);
	t.deepEqual(announcer.more(), []);
	append(1);
	const [line = ''] = announcer.rest();
	t.true(line.startsWith('build │ '));
	t.regex(line, /line 3/);
	t.deepEqual(announcer.rest(), []);
});

test('of too many lines the first and the last are told, and how many were left out', t => {
	const {announcer, append} = openLog();
	append(100);
	t.is(announcer.more().length, 60);
	append(1100);
	t.deepEqual(announcer.more(), []);
	const [note, ...last] = announcer.rest();
	t.is(note, 'build │ (1,120 lines left out; y writes all to a file)');
	t.deepEqual(
		numbers(last),
		Array.from({length: 20}, (_, index) => 1181 + index),
	);
});

test('between the first and the last nothing is left out that fits', t => {
	const {announcer, append} = openLog();
	append(80);
	t.deepEqual(
		numbers([...announcer.more(), ...announcer.rest()]),
		Array.from({length: 80}, (_, index) => index + 1),
	);
});
