import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {engineScript, listEngines} from '../engine/list-engines.js';
import {lockEngine} from '../engine/lock-engine.js';
import {createTestEngine} from '../engine/test-engine.js';
import {type Bench, type Figure, formatFigure, isMissed} from './bench.js';
import {buildTime} from './build-time.js';
import {floodTime} from './flood-time.js';
import {memory} from './memory.js';

const benches: Bench[] = [buildTime, floodTime, memory];

/** Measures and prints; resolves with the figures. */
const measure = async (wanted: Bench[]): Promise<Figure[]> => {
	const listed = listEngines().find(({name}) => name === '26');
	if (!listed?.up) throw new Error(`Engine 26 is down: run \`${engineScript} up 26\`.`);
	const release = await lockEngine(listed.lock);
	const folders = mkdtempSync(path.join(tmpdir(), 'workshop-bench-'));
	try {
		const engine = createTestEngine(listed);
		await engine.clean();
		const all: Figure[] = [];
		for (const {name, about, run} of wanted) {
			console.log(`${name}: ${about}`);
			const figures = await run({engine, folder: () => mkdtempSync(path.join(folders, 'place-'))});
			for (const figure of figures) console.log(formatFigure(figure));
			all.push(...figures);
		}
		return all;
	} finally {
		rmSync(folders, {recursive: true, force: true});
		await release();
	}
};

const names = process.argv.slice(2);
const unknown = names.find(name => !benches.some(bench => bench.name === name));
if (unknown !== undefined) {
	console.error(
		`There is no bench called \`${unknown}\`; there is ${benches.map(({name}) => name).join(', ')}.`,
	);
	process.exit(2);
}
const figures = await measure(names.length > 0 ? benches.filter(({name}) => names.includes(name)) : benches);
const missed = figures.filter(isMissed).length;
console.log(missed === 0 ? 'All targets are met.' : `${missed} targets are missed.`);
process.exit(missed === 0 ? 0 : 1);
