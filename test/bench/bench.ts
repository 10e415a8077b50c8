import type {TestEngine} from '../engine/test-engine.js';

/** One measured number with what it may be at most; `most` is null where it only explains another one. */
export type Figure = {
	what: string;
	value: number;
	/** `×`: a ratio to something measured in the same run. */
	unit: '×' | 'ms' | 'µs' | 'MB' | 'kB' | '%' | '';
	most: number | null;
};

/** What a bench works with. */
export type Workplace = {
	/** Engine 26, held for this run alone. */
	engine: TestEngine;
	/** All engines that are up and print rawjson, 26 among them. */
	engines: TestEngine[];
	/** A new, empty folder. */
	folder(): string;
};

export type Bench = {
	/** What `npm run bench -- <name>` asks for. */
	name: string;
	/** What is measured, in one line. */
	about: string;
	run(workplace: Workplace): Promise<Figure[]>;
};

/** Whether a figure is above what it may be at most. */
export const isMissed = ({value, most}: Figure): boolean => most !== null && !(value <= most);

/** One row: the figure, its target beside it, and a mark where the target is missed. */
export const formatFigure = (figure: Figure): string => {
	const {what, value, unit, most} = figure;
	const target = most === null ? '' : `at most ${most}${unit === '' ? '' : ` ${unit}`}`;
	const mark = most === null ? '' : isMissed(figure) ? 'MISSED' : 'ok';
	return `  ${what.padEnd(62)}${formatValue(value).padStart(10)} ${unit.padEnd(3)} ${target.padEnd(16)}${mark}`.trimEnd();
};

const formatValue = (value: number): string =>
	value >= 1000
		? Math.round(value).toLocaleString('en')
		: value.toFixed(value >= 100 || Number.isInteger(value) ? 0 : 2);
