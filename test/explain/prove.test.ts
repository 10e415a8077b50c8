import test from 'ava';
import type {Figures} from '../../source/explain/measurement.js';
import type {ProjectTexts} from '../../source/explain/project.js';
import {isGain, listDifferences, proveSuggestions} from '../../source/explain/prove.js';
import {readPaths} from './suggest.js';

const figures = (
	imageBytes: number,
	afterSource: number | null = null,
	afterPackages: number | null = null,
): Figures => ({
	imageBytes,
	afterSource,
	afterPackages,
});

for (const [title, before, after, expected] of [
	['smaller', figures(10e6), figures(5e6), true],
	['smaller by less than is measured exactly', figures(10e6), figures(9.95e6), false],
	['smaller by less than a hundredth', figures(1e9), figures(0.995e9), false],
	['faster', figures(1e6, 5), figures(1e6, 2), true],
	['faster by less than two builds differ', figures(1e6, 1), figures(1e6, 0.8), false],
	['faster by less than a tenth', figures(1e6, 50), figures(1e6, 46), false],
	['smaller, but slower', figures(10e6, 2), figures(5e6, 4), false],
	['smaller, and slower by what a busy machine makes of it', figures(10e6, 2), figures(5e6, 2.6), true],
	['faster, but larger', figures(5e6, 4), figures(10e6, 2), false],
	['faster after one change, as fast after another', figures(1e6, 5, 3), figures(1e6, 5.1, 1), true],
	['no longer measured', figures(1e6, 5), figures(1e6, null), false],
] as const)
	test(`${title}: ${expected ? 'a gain' : 'no gain'}`, t => t.is(isGain(before, after), expected));

test('only what counts is listed', t => {
	t.deepEqual(listDifferences(figures(10e6, 5, 5), figures(5e6, 5.2, 1)), [
		{of: 'imageBytes', before: 10e6, after: 5e6},
		{of: 'afterPackages', before: 5, after: 1},
	]);
});

const dockerfile = ['FROM node', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'RUN npm test', ''].join('\n');
const paths = ['package.json', 'src/app.js', '.git/HEAD'];

/** Proves what comes of a project. `measure`: by what the project has. */
const prove = async (measure: (texts: ProjectTexts) => Figures | null) => {
	const tried: string[] = [];
	const proof = await proveSuggestions(
		{texts: {dockerfile, ignore: ''}, figures: figures(50e6, 10)},
		{
			read: texts =>
				readPaths(texts.dockerfile, texts.ignore.includes('.git') ? paths.slice(0, 2) : paths, texts.ignore),
			measure: async texts => measure(texts),
			onTry: ({rule}) => tried.push(rule),
		},
	);
	return {...proof, tried};
};

test('each suggestion is tried together with those that have been proven', async t => {
	const {
		proven,
		tried,
		figures: last,
		texts,
		rejected,
	} = await prove(({dockerfile: text, ignore}) =>
		figures(
			ignore.includes('.git') ? 20e6 : 50e6,
			(/COPY package\.json/.test(text) ? 4 : 10) - (text.includes('AS test') ? 3 : 0),
		),
	);
	t.deepEqual(
		proven.map(({rule, before, after}) => [rule, before, after]),
		[
			['ignore-files', figures(50e6, 10), figures(20e6, 10)],
			['copy-manifests-first', figures(20e6, 10), figures(20e6, 4)],
			['test-in-own-stage', figures(20e6, 4), figures(20e6, 1)],
		],
	);
	t.deepEqual(tried, [
		...['ignore-files', 'copy-manifests-first', 'smaller-base', 'smaller-base'],
		...['test-in-own-stage', 'mount-caches', 'leave-nothing-behind'],
	]);
	t.deepEqual(last, figures(20e6, 1));
	t.is(rejected, 4);
	t.regex(texts.dockerfile, /COPY package\.json \.\/\nRUN npm ci\nCOPY \. \./);
	t.is(texts.ignore, '**/.git\n');
});

test('a busy machine proves nothing: where seconds differ, both are measured once more', async t => {
	let ofProject = 0;
	const {proven} = await prove(({dockerfile: text, ignore}) => {
		if (text === dockerfile && ignore === '') ofProject++;
		return figures(50e6, 3);
	});
	t.deepEqual(proven, []);
	t.is(ofProject, 1);
});

test('what breaks the build is not taken', async t => {
	const {proven, texts, rejected} = await prove(({dockerfile: text, ignore}) =>
		ignore === '' ? figures(50e6, text === dockerfile ? 10 : 1) : null,
	);
	t.deepEqual(
		proven.map(({rule}) => rule),
		['copy-manifests-first'],
	);
	t.is(texts.ignore, '');
	t.true(rejected > 0);
});

test('without a gain, the project stays as it is', async t => {
	const {proven, texts} = await prove(() => figures(50e6, 10));
	t.deepEqual(proven, []);
	t.deepEqual(texts, {dockerfile, ignore: ''});
});
