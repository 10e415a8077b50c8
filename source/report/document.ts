import type {ReportChart} from './report.js';

/** A part of a document. In sentences and cells, what is in backticks is code. */
export type Block =
	| {block: 'sentences'; sentences: string[]}
	| {block: 'paragraph'; text: string}
	| {block: 'table'; columns: string[]; rows: string[][]}
	| {block: 'chart'; chart: ReportChart}
	| {block: 'code'; language: string; text: string};

/** A page as clean text: nothing in it has been escaped for any format. */
export type Document = {
	title: string;
	/** When it was made, and with what. */
	made: string;
	sections: Array<{heading: string; level: 2 | 3; blocks: Block[]}>;
};
