import test from 'ava';
import {keys} from '../tools/terminal.js';
import {typeLine} from '../tools/type-line.js';
import {openFakeScreen} from './open-emulated.js';

/** The text without the line ends that a screen puts in: the left side, then the right one. */
const flat = (rows: string[]): string => {
	const divider = rows.find(row => row.startsWith('──') && row.includes('┴'))?.indexOf('┴') ?? -1;
	const sides =
		divider < 0 ? rows : [...rows.map(row => row.slice(0, divider)), ...rows.map(row => row.slice(divider))];
	return sides.join(' ').replace(/[│\s]+/g, ' ');
};

test.serial(
	'a Dockerfile that is edited and built again counts, and what can’t be told is unknown',
	async t => {
		const terminal = openFakeScreen(t, {on: 'recording', stepId: 'lab-port'}, {columns: 120, rows: 40});
		await terminal.waitFor('enter start');
		terminal.press(keys.enter);
		await terminal.waitFor('Press : and type your command');
		await typeLine(terminal, 'docker run -d --gpus all -p 8050:5000 whoami -port 5000');
		await terminal.waitUntil(
			rows => /unknown: Only a real engine can tell what --gpus changes/.test(flat(rows)),
			'an unknown verdict',
		);
		const {lab} = terminal.session;
		const text = lab.read('whoami/Dockerfile') ?? '';
		lab.write('whoami/Dockerfile', text.replace('EXPOSE 80', 'EXPOSE 5000'));
		await typeLine(terminal, 'docker build -t whoami ./whoami && docker run -d -P whoami -port 5000');
		await terminal.waitUntil(rows => /passed: whoami in the container/.test(flat(rows)), 'the verdict');
		t.is(terminal.session.getState().passed['lab-port']?.finding, 'passed');
	},
);

test.serial('outside of a challenge nothing is recorded for a line of one’s own', async t => {
	const terminal = openFakeScreen(t, {on: 'recording', stepId: 'build-simple'}, {columns: 120, rows: 40});
	await terminal.waitFor('enter start');
	terminal.press(keys.enter);
	await terminal.waitFor(/Build it[\s\S]*enter play/);
	await typeLine(terminal, 'docker ps');
	await terminal.waitFor('Nothing is recorded for this command.');
	t.deepEqual(terminal.session.getState().runs, {});
});

test.serial('each build plays by both builders, and from both engines', async t => {
	const terminal = openFakeScreen(
		t,
		{on: 'recording', speed: 1, stepId: 'build-simple', progress: {builder: 'legacy'}},
		{columns: 120, rows: 40},
	);
	await terminal.waitFor(/RECORDED on engine 28[\s\S]*v other recording/);
	terminal.press('v');
	await terminal.waitFor('RECORDED on engine 26');
	terminal.press(keys.enter);
	await terminal.waitFor(/Build it[\s\S]*enter play/);
	terminal.press('f');
	await terminal.waitFor('4× as fast');
	terminal.press(keys.enter);
	await terminal.waitFor(/✔ passed: The build went through base,/);
	terminal.press('b');
	await terminal.waitFor('builder: BuildKit');
	terminal.press('a');
	await terminal.waitFor('x to the end');
	terminal.press('x');
	await terminal.waitFor(/BuildKit took [\s\S]*It skipped test\./);
	const [timelines] = Object.values(terminal.session.getState().timelines);
	t.deepEqual([timelines?.legacy?.builder, timelines?.buildkit?.builder], ['legacy', 'buildkit']);
});
