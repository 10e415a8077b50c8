import test from 'ava';
import {createGuessLimit} from '../../source/hub/guess-limit.js';

/** A limit whose clock only moves when it is told to. */
const openLimit = (wrong: Record<string, number>) => {
	const clock = {now: 0};
	const limit = createGuessLimit(() => clock.now);
	for (const [address, count] of Object.entries(wrong))
		for (let tries = 0; tries < count; tries++) limit.wrong(address);
	return {clock, limit};
};

const isPending = async (turn: Promise<boolean>): Promise<boolean> =>
	(await Promise.race([turn, new Promise(resolve => setTimeout(resolve, 50, 'pending'))])) === 'pending';

/** Wrong tries before, and whether the second of two tries at the same time has to wait. */
const rows: Array<{wrong: Record<string, number>; address: string; waits: boolean}> = [
	{wrong: {}, address: 'here', waits: false},
	{wrong: {here: 9}, address: 'here', waits: false},
	{wrong: {here: 10}, address: 'here', waits: true},
	{wrong: {there: 50}, address: 'here', waits: false},
	{wrong: {there: 60, elsewhere: 60}, address: 'here', waits: true},
];
for (const {wrong, address, waits} of rows) {
	const title = `after wrong tries (${JSON.stringify(wrong)}), two tries from ${address}`;
	test(`${title} ${waits ? 'have a pause between them' : 'are checked at once'}`, async t => {
		const {clock, limit} = openLimit(wrong);
		t.true(await limit.turn(address));
		const second = limit.turn(address);
		t.is(await isPending(second), waits);
		clock.now += 1000;
		t.true(await second);
		limit.close();
	});
}

test('wrong tries are forgotten after ten minutes', async t => {
	const {clock, limit} = openLimit({here: 50});
	clock.now += 601_000;
	t.true(await limit.turn('here'));
	t.true(await limit.turn('here'));
	limit.close();
});

test('when too many wait, those of the busiest address give way', async t => {
	const {limit} = openLimit({busy: 200});
	t.true(await limit.turn('busy'));
	const crowd = Array.from({length: 300}, () => limit.turn('busy'));
	const answers: Record<string, number> = {};
	for (const turn of crowd)
		void turn.then(isTurn => {
			answers[String(isTurn)] = (answers[String(isTurn)] ?? 0) + 1;
		});
	const quiet = limit.turn('quiet');
	await isPending(quiet);
	t.is(answers.false, 237);
	t.is(answers.true, undefined);
	limit.close();
	t.false(await quiet);
});
