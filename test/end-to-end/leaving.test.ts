import test from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {isDeep, sampleOf} from '../tools/deep.js';
import {waitForProcesses} from '../tools/find-processes.js';
import {leaves, openToLeave, type WayOut, waysOut} from '../tools/leave.js';
import {settled} from '../tools/settled.js';
import {writeSlowWorkshop} from '../tools/slow-workshop.js';
import {keys, type TestTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {writeProgress} from '../tools/write-progress.js';

type Place = {
	name: string;
	/** Null: nothing was ever done. */
	stepId: string | null;
	title: string;
	runs?: true;
	/** From the shown step to the place where it is left. */
	arrive(terminal: TestTerminal): Promise<unknown>;
};

const places: Place[] = [
	{name: 'the welcome', stepId: null, title: 'Build a server in one stage', arrive: async () => {}},
	{
		name: 'a step to read',
		stepId: 'read-simple',
		title: 'Read a Dockerfile with four stages',
		arrive: terminal => terminal.waitFor('enter done reading'),
	},
	{
		name: 'a step whose command has run',
		stepId: 'compare-images',
		title: 'Compare the two images',
		async arrive(terminal) {
			const rows = await terminal.waitFor(/enter (run|play|next step)/);
			terminal.press(/enter (?:play|run)/.test(rows.join('\n')) ? keys.enter : 'a');
			await terminal.waitFor('REPOSITORY');
			await terminal.waitFor('enter next step');
		},
	},
	{
		name: 'a challenge that is watched',
		stepId: 'lab-port',
		title: 'A port of your own',
		arrive: terminal => terminal.waitFor('no container of whoami'),
	},
	{
		name: 'a build that runs',
		stepId: 'build-parallel-buildkit',
		title: 'Two stages at the same time',
		runs: true,
		async arrive(terminal) {
			await terminal.waitFor(/enter (?:play|run)/);
			terminal.press(keys.enter);
			await terminal.waitFor('part 1 of 6');
		},
	},
];

const homeAt = ({stepId}: Place): string => {
	const home = temporaryFolder();
	if (stepId !== null) writeProgress(home, stepId, ['build-simple', 'build-simple-buildkit', 'build-whoami']);
	return home;
};

/** Opens the recording where it was left the last time, and goes to the place. */
const arriveAt = async (place: Place, way: WayOut, home: string): Promise<TestTerminal> => {
	const terminal = openToLeave({args: ['--replay'], home}, way);
	await terminal.waitFor('RECORDED');
	if (place.stepId === null) return terminal;
	await terminal.waitFor(`passed; continue at “${place.title}”`);
	terminal.press(keys.enter);
	await terminal.waitFor(place.title);
	await place.arrive(terminal);
	return terminal;
};

/** One way from each place, so that every one is taken, or all of them. */
const waysFrom = (place: number): WayOut[] =>
	isDeep ? waysOut : waysOut.filter((_, way) => way % places.length === place);

const lookedAtAgain = sampleOf(places, 2);

for (const [index, place] of places.entries()) {
	const home = homeAt(place);
	for (const way of waysFrom(index)) {
		test.serial(`${way.name} leaves ${place.name}, and the next start goes on there`, async t => {
			await leaves(t, await arriveAt(place, way, home), way, place.title, place.runs);
		});
	}
	if (!lookedAtAgain.includes(place)) continue;
	test.serial(`${place.name} is still there after all these ways out`, async t => {
		const terminal = await arriveAt(place, {name: '', exitCode: 0, leave: async () => {}}, home);
		t.is(terminal.screen().join('\n').includes(place.title), place.stepId !== null);
		terminal.kill('SIGKILL');
		await terminal.exited;
	});
}

engineTests(engineTest => {
	const {folder, token, title} = writeSlowWorkshop();
	const homes = {buildkit: temporaryFolder(), legacy: temporaryFolder()};
	for (const builder of ['buildkit', 'legacy'] as const) {
		for (const way of waysOut) {
			engineTest(
				`${way.name} leaves a build by ${builder}, and nothing goes on`,
				async (t, {env, docker}) => {
					const home = homes[builder];
					const terminal = openToLeave(
						{args: [folder, ...trust(folder), '--builder', builder], home, env},
						way,
					);
					await terminal.waitFor(/ engine \d/);
					terminal.press(keys.enter);
					await terminal.waitFor(/enter (?:play|run)/);
					terminal.press(keys.enter);
					await terminal.waitFor('it has begun');
					t.not((await waitForProcesses(token, 'some')).length, 0);
					await leaves(t, terminal, way, title, true);
					t.deepEqual(await waitForProcesses(token, 'none'), []);
					t.is(
						await settled(
							() => docker('ps', '-q'),
							ids => ids === '',
						),
						'',
					);
				},
			);
		}
	}
});
