import test from 'ava';
import type {ReviewItem} from '../../source/review/item.js';
import {createRound, type TryOut} from '../../source/review/round.js';
import {simulateTrial} from '../../source/review/simulate-trial.js';
import {generatedItems} from '../../source/review/sources.js';
import {nothingObserved} from '../../source/review/trial.js';

const open = (kind: string, tryOut: TryOut = simulateTrial) => {
	const item = generatedItems.create(kind, 5);
	const graded: boolean[] = [];
	const round = createRound([item, item], {tryOut, onJudged: (_, isRight) => graded.push(isRight)});
	const place = (answer: string) => String((item.choices?.findIndex(one => one.answer === answer) ?? 0) + 1);
	return {item, round, graded, place};
};

/** The first file or command that an item shows. */
const shownText = ({shown}: ReviewItem, form: 'file' | 'command'): string =>
	shown.flatMap(one => (one.form !== 'text' && one.form === form ? [one.text] : []))[0] ?? '';

test('a choice is taken by its number, right or wrong', t => {
	const {item, round, graded, place} = open('stages');
	t.is(round.answer(place(item.right)), null);
	round.goOn();
	t.is(round.answer(` ${place(item.wrong[0]?.answer ?? '')} `), null);
	t.deepEqual(graded, [true, false]);
	t.is(round.getState().answered[1]?.judgement?.finding, item.wrong[0]?.finding);
});

test('without an answer, an item is left as it is, and its right answer is explained', t => {
	const {round, graded} = open('ports');
	t.is(round.answer('  '), null);
	const [answered] = round.getState().answered;
	t.is(answered?.judgement, null);
	t.not(answered?.why, '');
	t.deepEqual(graded, []);
});

test('what can’t be an answer is not taken', t => {
	for (const kind of ['stages', 'blank', 'repair-stage', 'repair-target']) {
		const {round, graded} = open(kind);
		t.regex(round.answer('ls -l | wc') ?? '', /\.$/, kind);
		t.deepEqual([round.getState().answered.length, graded.length], [0, 0], kind);
	}
});

test('an item is only left once it is answered, and answered once', t => {
	const {item, round, graded, place} = open('stages');
	round.goOn();
	t.is(round.getState().at, 0);
	round.answer(place(item.right));
	round.answer(place(item.right));
	t.deepEqual(graded, [true]);
	round.goOn();
	t.is(round.getState().at, 1);
});

test('what an engine could not show is neither right nor wrong', async t => {
	const {item, round, graded} = open('blank', async () => ({...nothingObserved, unclear: 'Docker is away.'}));
	round.answer(item.right);
	t.true(round.getState().isTrying);
	await new Promise<void>(resolve => round.subscribe(resolve));
	t.like(round.getState().answered[0]?.judgement, {verdict: 'unknown', says: 'Docker is away.'});
	t.deepEqual(graded, []);
});

test('blanks are filled in order, or the whole command is typed', t => {
	const {item} = open('blank');
	const shown = shownText(item, 'command').split(' ');
	const words = item.right.split(' ').filter((_, index) => shown[index] === '{{?}}');
	for (const answer of [
		words.join(' '),
		item.right,
		`sudo ${item.right}`,
		item.right.replace('--target ', '--target='),
	]) {
		const trial = item.trialOf(answer);
		t.is(item.judge(answer, trial && simulateTrial(trial)).verdict, 'right', answer);
	}
});

test('a repair in another place passes too', t => {
	const {item} = open('repair-stage');
	const lines = shownText(item, 'file').split('\n');
	const [, misspelt = ''] = /--from=(\S+)/.exec(lines.at(-2) ?? '') ?? [];
	const line = lines.findLastIndex(text => /^FROM /.test(text) && !text.includes('final'));
	const at = lines.findIndex((text, index) => index > 0 && index < line + 1 && /^FROM /.test(text));
	const answer = `${at + 1} ${lines[at]?.replace(/AS .*/, `AS ${misspelt}`)}`;
	const trial = item.trialOf(answer);
	t.is(item.judge(answer, trial && simulateTrial(trial)).verdict, 'right', answer);
});

test('an item that needs no trial is judged by its answer alone', t => {
	const item: ReviewItem = {
		...generatedItems.create('blank', 1),
		trialOf: () => null,
		judge: answer => ({verdict: answer === 'yes' ? 'right' : 'wrong', finding: answer, says: 'So it is.'}),
	};
	const graded: boolean[] = [];
	const round = createRound([item, item], {
		tryOut: simulateTrial,
		onJudged: (_, isRight) => graded.push(isRight),
	});
	for (const answer of ['yes', 'no']) {
		t.is(round.answer(answer), null);
		round.goOn();
	}
	t.deepEqual(graded, [true, false]);
});
