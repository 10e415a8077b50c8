import test from 'ava';
import type {StageStatus} from '../../source/stages/model.js';
import {type GraphStage, graphLines} from '../../source/tui/screens/step/stage-graph.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const ascii = selectSymbols({LANG: 'C'}, 'linux');
const defaultSize = {columns: 80, rows: 5};

/** `final base build`: the stage final needs base and build. */
const stagesOf = (text: string, status: StageStatus = 'waiting'): GraphStage[] =>
	text.split('; ').map(one => {
		const [name = '', ...needs] = one.split(' ');
		return {name, needs, status, reason: null};
	});

const textOf = (stages: GraphStage[], size = defaultSize, shown = symbols): string[] =>
	graphLines(stages, size, {symbols: shown, frame: 0}).map(line => line.map(({text}) => text).join(''));

const draws = test.macro<[string, string[]]>({
	exec(t, text: string, expected: string[]) {
		t.deepEqual(textOf(stagesOf(text)), expected);
	},
	title: (title, text) => title ?? text,
});

test(draws, 'builder; final builder', ['○ builder ──▶ ○ final']);
test(draws, 'base; build base; test build; final base build', [
	'○ base ──┬─▶ ○ build ──┬─▶ ○ test',
	'         └─────────────╰─▶ ○ final',
]);
test(draws, 'base; left base; right base; final base left right', [
	'○ base ──┬─▶ ○ left ───┬─▶ ○ final',
	'         ├─▶ ○ right ──┤',
	'         └─────────────┘',
]);
test(
	'lines that only cross are not joined',
	draws,
	'base; deps base; build deps; lint deps; final base build',
	[
		'○ base ──┬─▶ ○ deps ────┬─▶ ○ build ──┬─▶ ○ final',
		'         └────────────┐ └─▶ ○ lint    │',
		'                      └───────────────┘',
	],
);
test('stages change places where that spares a crossing', draws, 'a; b; c b; d a; e c; f d', [
	'○ a ──▶ ○ d ──▶ ○ f',
	'○ b ──▶ ○ c ──▶ ○ e',
]);
test('a line climbs one row more rather than cross another one', draws, 'a; b; c; d c; e b', [
	'○ a   ┌───▶ ○ e',
	'○ b ──┘ ┌─▶ ○ d',
	'○ c ────┘',
]);
test('a stage that no other one needs stands alone', draws, 'a; b; c a', ['○ a ──▶ ○ c', '○ b']);
test('nothing is drawn where no stage needs another one', draws, 'a; b', []);
test(
	'a name that is too long is cut',
	draws,
	'a-name-of-more-than-twenty-letters; b a-name-of-more-than-twenty-letters',
	['○ a-name-of-more-than… ──▶ ○ b'],
);
test('a need that is no stage is left out', draws, 'a; b a ghost', ['○ a ──▶ ○ b']);

test('where the picture is too wide, each stage has a line', t => {
	t.deepEqual(textOf(stagesOf('a-first; a-second a-first; c a-first a-second'), {columns: 30, rows: 5}), [
		'○ a-first',
		'○ a-second ← a-first',
		'○ c ← a-first, a-second',
	]);
});

const fans = (count: number) =>
	stagesOf(`base; ${Array.from({length: count - 1}, (_, index) => `s${index} base`).join('; ')}`);

for (const count of [12, 40]) {
	test(`${count} stages that do not fit are left out`, t => {
		t.deepEqual(textOf(fans(count)), []);
	});
}

test('what has run is lit, what is skipped is dimmed and says why', t => {
	const [base, build, tests, final] = stagesOf('base; build base; test build; final base build', 'done');
	if (!base || !build || !tests || !final) throw new Error('There are four stages.');
	const reason = 'nothing that is built needs this stage';
	const stages: GraphStage[] = [
		base,
		{...build, status: 'running'},
		{...tests, status: 'skipped', reason},
		{...final, status: 'waiting'},
	];
	const [first = [], second = []] = graphLines(stages, defaultSize, {symbols, frame: 0});
	t.deepEqual(first, [
		{text: '✔ ', style: 'passed'},
		{text: 'base', style: 'strong'},
		{text: ' ', style: 'muted'},
		{text: '──┬─▶', style: 'plain'},
		{text: ' ', style: 'muted'},
		{text: '⠋ ', style: 'running'},
		{text: 'build', style: 'strong'},
		{text: ' ──┬─▶ ⊘ test', style: 'muted'},
		{text: `  ${reason}`, style: 'muted'},
	]);
	t.true(second.every(({style}) => style === 'muted'));
});

test('there are characters for terminals without Unicode', t => {
	t.deepEqual(textOf(stagesOf('base; build base; final base build'), defaultSize, ascii), [
		'o base --+-> o build --+-> o final',
		'         +-------------+',
	]);
});

/** The sides at which each character of a line leaves its cell: 1 up, 2 down, 4 left, 8 right. */
const sidesOf: Record<string, number> = {
	'│': 3,
	'─': 12,
	'┘': 5,
	'┐': 6,
	'┤': 7,
	'└': 9,
	'╰': 9,
	'┌': 10,
	'╭': 10,
	'├': 11,
	'┴': 13,
	'┬': 14,
	'┼': 15,
};

/** The names that a reader comes to who follows the lines from a name, never back to the left. */
const followed = (picture: string[], name: string): string[] => {
	const row = picture.findIndex(line => line.includes(`○ ${name}`));
	const start = (picture[row]?.indexOf(`○ ${name}`) ?? 0) + name.length + 3;
	const found = new Set<string>();
	const seen = new Set<string>();
	const walk = (at: number, column: number, from: 1 | 2 | 4): void => {
		const character = picture[at]?.[column] ?? ' ';
		const key = `${at} ${column} ${from}`;
		if (seen.has(key)) return;
		seen.add(key);
		if (character === '▶') {
			found.add(/^▶ ○ (\S+)/.exec(picture[at]?.slice(column) ?? '')?.[1] ?? '?');
			return;
		}
		const sides = sidesOf[character] ?? 0;
		// Who comes from the left to a line without an end there crosses it.
		const next = (sides & from) !== 0 ? sides & ~from & ~4 : sides > 0 ? 8 : 0;
		if (next & 1) walk(at - 1, column, 2);
		if (next & 2) walk(at + 1, column, 1);
		if (next & 8) walk(at, column + 1, 4);
	};
	walk(row, start, 4);
	return [...found].sort();
};

test('who follows the lines of a picture comes to the stages that need it, and to no others', t => {
	const random = createRandom(20);
	const graphs = deep(200, 1000);
	let drawn = 0;
	for (let round = 0; round < graphs; round++) {
		const count = 2 + Math.floor(random() * 7);
		const stages = Array.from({length: count}, (_, index): GraphStage => {
			const needs = Array.from({length: index}, (_, need) => `s${need}`).filter(() => random() < 0.35);
			return {name: `s${index}`, needs, status: 'waiting', reason: null};
		});
		const picture = textOf(stages, {columns: 200, rows: 12});
		if (picture.some(line => line.includes('←')) || picture.length === 0) continue;
		drawn++;
		for (const {name} of stages) {
			const users = stages.filter(({needs}) => needs.includes(name)).map(stage => stage.name);
			t.deepEqual(followed(picture, name), users.sort(), `${name} in\n${picture.join('\n')}`);
		}
	}
	t.log(`${drawn} of ${graphs} graphs have a picture`);
	t.true(drawn > graphs * 0.75);
});
