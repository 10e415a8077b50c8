import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {builtProgram, nodeUnderTest} from '../../tools/built-program.js';
import {type Figure, formatFigure, isMissed} from '../bench.js';
import {median} from '../statistics.js';
import {closedPort, droppingPort, silentSocket} from './dead-endpoints.js';
import {type FirstFrame, firstFrame, type Start} from './first-frame.js';
import {writeReferences} from './programs.js';

const rounds = 15;
/** What the header of the welcome says; it is in the first frame that has anything. */
const marker = 'Multi-stage builds';

/** Starts all of them by turns, so that whatever else the machine does hits all, and takes the medians. */
const measure = async (starts: Record<string, Start>, folder: () => string) => {
	const frames: Record<string, FirstFrame[]> = {};
	for (let round = 0; round < rounds; round++) {
		for (const [name, start] of Object.entries(starts)) {
			const found = await firstFrame(start, folder());
			frames[name] = [...(frames[name] ?? []), found];
		}
	}
	return (name: string): FirstFrame => ({
		milliseconds: median((frames[name] ?? []).map(({milliseconds}) => milliseconds)),
		megabytes: median((frames[name] ?? []).map(({megabytes}) => megabytes)),
	});
};

const figuresOf = async (folder: () => string): Promise<Figure[]> => {
	const {hello, unbundled} = await writeReferences();
	const [silent, dropping, closed] = await Promise.all([
		silentSocket(folder()),
		droppingPort(),
		closedPort(),
	]);
	const program = (env: Record<string, string>): Start => ({
		argv: [nodeUnderTest, builtProgram],
		env,
		marker,
	});
	const of = await measure(
		{
			node: {argv: [nodeUnderTest, '-e', '0'], marker: null},
			idle: {
				argv: [nodeUnderTest, '-e', 'console.log("ready"); setTimeout(() => {}, 60_000)'],
				marker: 'ready',
			},
			hello: {argv: [nodeUnderTest, hello], marker: 'hello'},
			unbundled: {argv: [nodeUnderTest, unbundled], env: {DOCKER_HOST: closed.host}, marker},
			program: program({DOCKER_HOST: closed.host}),
			silent: program({DOCKER_HOST: silent.host}),
			dropping: program({DOCKER_HOST: dropping.host}),
		},
		folder,
	);
	for (const endpoint of [silent, dropping, closed]) endpoint.close();
	const to = (name: string, reference: string) => of(name).milliseconds / of(reference).milliseconds;
	return [
		{what: 'first frame', value: of('program').milliseconds, unit: 'ms', most: null},
		{what: 'first frame ÷ `node -e 0`', value: to('program', 'node'), unit: '×', most: 5},
		{what: 'first frame ÷ bundled bare Ink hello', value: to('program', 'hello'), unit: '×', most: 1.25},
		{what: 'first frame ÷ unbundled program', value: to('program', 'unbundled'), unit: '×', most: 0.5},
		{what: 'bundled bare Ink hello ÷ `node -e 0`', value: to('hello', 'node'), unit: '×', most: null},
		{what: 'engine never answers ÷ no engine', value: to('silent', 'program'), unit: '×', most: 1.1},
		{what: 'engine drops packets ÷ no engine', value: to('dropping', 'program'), unit: '×', most: 1.1},
		{what: 'resident memory at the first frame', value: of('program').megabytes, unit: 'MB', most: 95},
		{what: '… of an idle Node', value: of('idle').megabytes, unit: 'MB', most: null},
		{what: '… of the bundled bare Ink hello', value: of('hello').megabytes, unit: 'MB', most: null},
		{what: '… of the unbundled program', value: of('unbundled').megabytes, unit: 'MB', most: null},
	];
};

const folders = mkdtempSync(path.join(tmpdir(), 'workshop-bench-'));
try {
	console.log(`start: median of ${rounds}, under a pseudo-terminal`);
	const figures = await figuresOf(() => mkdtempSync(path.join(folders, 'place-')));
	for (const figure of figures) console.log(formatFigure(figure));
	process.exitCode = figures.some(isMissed) ? 1 : 0;
} finally {
	rmSync(folders, {recursive: true, force: true});
}
