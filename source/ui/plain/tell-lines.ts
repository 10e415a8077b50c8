import type {LineLogName, LineLogReader} from '../../session/perform/line-logs.js';

/** Lines of one log that are told as they come, and that are told at its end when it has more. */
const firstLines = 60;
const lastLines = 20;

/** Tells what a log has got since it was asked last. */
export type LineTeller = {
	/** The new lines, as long as they are not too many. */
	more(): string[];
	/** Once no more will come: how many were left out, and the last ones. */
	rest(): string[];
};

/** A teller of one log's lines. `prefix` stands before each of them. */
export const createLineTeller = (reader: LineLogReader, log: LineLogName, prefix: string): LineTeller => {
	let told = 0;
	const tell = (from: number, count: number) =>
		count > 0 ? reader.read(log, from, count).map(line => `${prefix}${line}`) : [];
	const more = (): string[] => {
		const lines = tell(told, Math.min(reader.size(log).lineCount, firstLines) - told);
		told += lines.length;
		return lines;
	};
	return {
		more,
		rest() {
			const lines = more();
			const {lineCount, problem} = reader.size(log);
			const from = Math.max(told, lineCount - lastLines);
			const leftOut = from - told;
			const note =
				leftOut > 0
					? [`${prefix}(${leftOut.toLocaleString('en')} lines left out; y writes all to a file)`]
					: [];
			told = lineCount;
			return [...lines, ...note, ...tell(from, lineCount - from), ...(problem ? [problem] : [])];
		},
	};
};
