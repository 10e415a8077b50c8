import {readFileSync} from 'node:fs';
import type {MeasuredProof} from '../../source/explain/outline.js';
import {createRenderContext} from '../../source/tui/paint-first-frame.js';
import {paintLine} from '../../source/tui/text/paint-line.js';
import {fitLine} from '../../source/view/line.js';
import {measuredLines} from '../../source/view/measured-lines.js';
import {emulateTerminal} from '../tools/emulate-terminal.js';
import type {Scene} from './scenes.js';

const columns = 100;

/**
 * What `explain --measure` found in the first Dockerfile of the workshop, on engine 26 with a stand-in for its base image:
 * `measured` of `multistage-workshop explain --measure --json -f why/single.Dockerfile whoami`.
 */
const readMeasured = (): MeasuredProof => {
	const {suggestions, together, rejected, ...measurement} = JSON.parse(
		readFileSync('test/fixtures/explain/single.json', 'utf8'),
	);
	const {figures, ...texts} = together;
	return {measurement, proof: {proven: suggestions, texts, figures, rejected}};
};

/** The page of `explain --measure`, from its measured builds on. */
export const takeExplain = async (): Promise<Scene> => {
	const renderContext = createRenderContext({LANG: 'C.UTF-8'});
	const lines = measuredLines(readMeasured(), columns, renderContext.symbols)
		.flatMap(line => fitLine(line, columns))
		.map(line => paintLine(line, renderContext));
	const emulator = emulateTerminal(columns, lines.length);
	await new Promise<void>(resolve => emulator.write(lines.join('\r\n'), resolve));
	return {
		name: 'explain',
		title:
			'What measured builds have shown: seconds and bytes by instruction, and suggestions with what each saves',
		cells: lines.map((_, row) => Array.from({length: columns}, (_, column) => emulator.cell(column, row))),
	};
};
