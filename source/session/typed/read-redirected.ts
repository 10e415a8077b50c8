import type {LabFolder} from '../ports.js';
import type {LinePlan} from './plan-line.js';

/** What a line has printed into files. */
export type Redirected = Array<{text: string; streams: Array<'stdout' | 'stderr'>; isOfBuild: boolean}>;

/**
 * Looks at the files that a line will print into, before it runs; the function it returns reads what has come. So a
 * build whose output goes to a file is judged as any other.
 */
export const readRedirected = ({outputs}: Pick<LinePlan, 'outputs'>, lab: LabFolder): (() => Redirected) => {
	const files = outputs.map(output => ({
		...output,
		before: output.isAppended ? (lab.read(output.file) ?? '') : '',
	}));
	return () =>
		files.map(({file, before, streams, isOfBuild}) => ({
			text: (lab.read(file) ?? '').slice(before.length),
			streams,
			isOfBuild,
		}));
};
