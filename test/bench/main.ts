import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {engineScript, listEngines} from '../engine/list-engines.js';
import {lockEngine} from '../engine/lock-engine.js';
import {createTestEngine} from '../engine/test-engine.js';
import {type Bench, type Figure, formatFigure, isMissed} from './bench.js';
import {boardFrames} from './board-frames.js';
import {buildTime} from './build-time.js';
import {classAway} from './class-away.js';
import {classBack} from './class-back.js';
import {classroom} from './classroom.js';
import {doctor} from './doctor.js';
import {explainContext} from './explain-context.js';
import {floodTime} from './flood-time.js';
import {foldCost} from './fold-cost.js';
import {frameBytes} from './frame-bytes.js';
import {handOut} from './hand-out.js';
import {idleCost} from './idle-cost.js';
import {keyToFrame} from './key-to-frame.js';
import {lineToPane} from './line-to-pane.js';
import {memory} from './memory.js';
import {pack} from './pack.js';
import {verdict} from './verdict.js';

const benches: Bench[] = [
	doctor,
	buildTime,
	explainContext,
	lineToPane,
	floodTime,
	keyToFrame,
	memory,
	pack,
	handOut,
	frameBytes,
	foldCost,
	idleCost,
	verdict,
	classroom,
	classBack,
	classAway,
	boardFrames,
];

/** Measures and prints; resolves with the figures. */
const measure = async (wanted: Bench[]): Promise<Figure[]> => {
	const up = listEngines().filter(listed => listed.up && listed.version !== '20');
	const engines = up.map(createTestEngine);
	const [engine] = engines;
	if (engine?.name !== '26') throw new Error(`Engine 26 is down: run \`${engineScript} up 26\`.`);
	const folders = mkdtempSync(path.join(tmpdir(), 'workshop-bench-'));
	const releases: Array<() => Promise<void>> = [];
	const all: Figure[] = [];
	try {
		for (const {lock} of up) releases.push(await lockEngine(lock));
		for (const one of engines) await one.clean();
		for (const {name, about, run} of wanted) {
			console.log(`${name}: ${about}`);
			const folder = () => mkdtempSync(path.join(folders, 'place-'));
			const figures = await run({engine, engines, folder});
			for (const figure of figures) console.log(formatFigure(figure));
			all.push(...figures);
		}
		for (const one of engines) await one.clean();
	} finally {
		rmSync(folders, {recursive: true, force: true});
		for (const release of releases) await release();
	}
	return all;
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
