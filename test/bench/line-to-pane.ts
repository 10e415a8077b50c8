import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {TestEngine} from '../engine/test-engine.js';
import type {Bench, Figure, Workplace} from './bench.js';
import {openAtStep} from './open-program.js';
import {transcriptsOf} from './run-step.js';
import {percentile} from './statistics.js';
import {writeWorkshop} from './write-workshop.js';

const linesPerStage = 150;

/** Two stages side by side, some thirty lines a second each; the last one needs both. */
const dockerfile = [
	...['left', 'right'].flatMap(name => [
		`FROM alpine:3.13 AS ${name}`,
		`RUN for n in $(seq 1 ${linesPerStage}); do echo "<${name}-$n>"; sleep 0.03; done; touch /${name}`,
	]),
	'FROM scratch',
	'COPY --from=left /left /left',
	'COPY --from=right /right /right',
	'',
].join('\n');

/** Both clocks are this machine's. BuildKit stamps a line when it takes it from the container. */
export const lineToPane: Bench = {
	name: 'line-to-pane',
	about: 'from the timestamp of a line to the frame that has it in its pane, two stages side by side',
	async run(workplace) {
		const figures: Figure[] = [];
		for (const engine of workplace.engines) figures.push(...(await measure(engine, workplace)));
		return figures;
	},
};

const measure = async (engine: TestEngine, {folder}: Workplace): Promise<Figure[]> => {
	const home = folder();
	const step = {id: 'lines', command: 'docker build --no-cache -t lines ./context'};
	const workshop = writeWorkshop(folder(), [step], dockerfile);
	const program = await openAtStep({workshop, home, env: engine.env});
	const seenAt = new Map<string, number>();
	program.press('\r');
	await program.waitUntil(
		rows => {
			const now = Date.now();
			for (const [mark] of rows.join('\n').matchAll(/<(?:left|right)-\d+>/g)) {
				if (!seenAt.has(mark)) seenAt.set(mark, now);
			}
			return /(passed|failed|unknown): /.test(rows.join('\n'));
		},
		'a verdict',
		60_000,
	);
	const printedAt = readTimestamps(home);
	await program.quit();
	const lags = [...printedAt].flatMap(([mark, at]) => {
		const seen = seenAt.get(mark);
		return seen === undefined ? [] : [seen - at];
	});
	if (lags.length < 1.9 * linesPerStage) throw new Error(`Only ${lags.length} lines were seen.`);
	return [
		{what: `engine ${engine.name}: median`, value: percentile(lags, 50), unit: 'ms', most: 150},
		{what: `engine ${engine.name}: 99th percentile`, value: percentile(lags, 99), unit: 'ms', most: 150},
	];
};

/** When BuildKit took each marked line, in milliseconds since 1970, as the run's transcript says. */
const readTimestamps = (home: string): Map<string, number> => {
	const folder = transcriptsOf(home);
	const newest = readdirSync(folder).sort().at(-1) ?? '';
	const text = readFileSync(path.join(folder, newest, 'stderr'), 'utf8');
	// Between `data` and `timestamp` of one log stands nothing, whether it is printed over several lines or on one.
	const logs = text.matchAll(/"data":\s*"([^"]*)",\s*"timestamp":\s*"([^"]*)"/g);
	return new Map(
		[...logs].flatMap(([, data = '', timestamp = '']) => {
			const marks =
				Buffer.from(data, 'base64')
					.toString()
					.match(/<(?:left|right)-\d+>/g) ?? [];
			return marks.map((mark): [string, number] => [mark, Date.parse(timestamp)]);
		}),
	);
};
