import test from 'ava';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {Build, Instruction, Stage} from '../../source/stages/model.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';
import {dockerfileLines} from '../../source/tui/screens/step/dockerfile-side.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {sampleStage} from './sample-runs.js';

const text = `# what it starts from
ARG VERSION=3.13
FROM alpine:$VERSION AS base
# a comment
RUN echo "one" && \\
    echo 'two'

FROM base
COPY --from=base /etc/hostname /
`;
const graph = parseDockerfile(text);
const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const nothing = createStageTracker(graph, 'rawjson').snapshot();

const instruction = (line: number, status: Instruction['status']): Instruction => ({
	text: '',
	status,
	line,
	began: null,
	seconds: null,
});
const buildOf = (stages: Stage[], more: Partial<Build> = {}): Build => ({...nothing, stages, ...more});
const shown = (build: Build | null) => {
	const {lines, here} = dockerfileLines({text, graph}, build, {symbols, frame: 0});
	return {
		rows: lines.map(line =>
			line
				.map(span => span.text)
				.join('')
				.trimEnd(),
		),
		here,
		lines,
	};
};

test('each line has the letter of its stage and its number', t => {
	t.deepEqual(shown(null).rows, [
		'    1   # what it starts from',
		'    2   ARG VERSION=3.13',
		'A │ 3   FROM alpine:$VERSION AS base',
		'A │ 4   # a comment',
		'A │ 5   RUN echo "one" && \\',
		"A │ 6       echo 'two'",
		'    7',
		'B │ 8   FROM base',
		'B │ 9   COPY --from=base /etc/hostname /',
	]);
});

test('what runs is marked on all its lines, and is the place to look at', t => {
	const stage = sampleStage('base', {
		status: 'running',
		instructions: [instruction(3, 'cached'), instruction(5, 'running')],
	});
	const {rows, here} = shown(buildOf([stage]));
	t.deepEqual(rows.slice(2, 6), [
		'A │ 3 ◆ FROM alpine:$VERSION AS base',
		'A │ 4   # a comment',
		'A ▸ 5 ⠋ RUN echo "one" && \\',
		"A ▸ 6       echo 'two'",
	]);
	t.is(here, 4);
});

test('what is done and what has failed is marked', t => {
	const stages = [
		sampleStage('base', {instructions: [instruction(5, 'done')]}),
		sampleStage('final', {status: 'failed', instructions: [instruction(9, 'failed')]}),
	];
	const {rows, here} = shown(buildOf(stages));
	t.is(rows[4], 'A │ 5 ✔ RUN echo "one" && \\');
	t.is(rows[8], 'B │ 9 ✖ COPY --from=base /etc/hostname /');
	t.is(here, 8);
});

test('a failure that belongs to no stage is marked on its line', t => {
	const failure = {
		stage: null,
		instruction: null,
		line: 2,
		exitCode: null,
		message: 'unknown instruction',
		said: [],
	};
	const {rows, here} = shown(buildOf([], {failure}));
	t.is(rows[1], '    2 ✖ ARG VERSION=3.13');
	t.is(here, 1);
});

test('a skipped stage is marked as such', t => {
	const {rows} = shown(buildOf([sampleStage('base', {status: 'skipped', instructions: []})]));
	t.deepEqual(rows.slice(2, 5), [
		'A │ 3 ⊘ FROM alpine:$VERSION AS base',
		'A │ 4   # a comment',
		'A │ 5 ⊘ RUN echo "one" && \\',
	]);
});

test('stages have colours of their own, and syntax is more than colour', t => {
	const {lines} = shown(null);
	const styleOf = (row: number, piece: string) => lines[row]?.find(span => span.text === piece)?.style;
	t.is(styleOf(2, 'A'), 'first-stage');
	t.is(styleOf(2, 'FROM'), 'first-stage');
	t.is(styleOf(2, 'AS'), 'first-stage');
	t.is(styleOf(7, 'FROM'), 'second-stage');
	t.is(styleOf(1, 'ARG'), 'strong');
	t.is(styleOf(0, '# what it starts from'), 'comment');
	t.is(styleOf(4, '"one"'), 'string');
	t.is(styleOf(5, "'two'"), 'string');
});

test('a line that goes on has no keyword', t => {
	const row = shown(null).lines[5] ?? [];
	t.false(row.slice(2).some(({style}) => style === 'first-stage'));
});

test('after twenty-six stages letters come in twos, all equally wide', t => {
	const many = Array.from({length: 28}, (_, index) => `FROM scratch AS s${index}\n`).join('');
	const {lines} = dockerfileLines({text: many, graph: parseDockerfile(many)}, null, {symbols, frame: 0});
	t.deepEqual(
		[lines[0]?.[0]?.text, lines[25]?.[0]?.text, lines[26]?.[0]?.text, lines[27]?.[0]?.text],
		['A ', 'Z ', 'AA', 'AB'],
	);
});
