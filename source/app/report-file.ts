import {existsSync} from 'node:fs';
import {open, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {Document} from '../report/document.js';
import type {SessionState} from '../session/state.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** Rejects with a `UserError` if the file can't be written: better before an hour of work than after it. */
export const assertReportWritable = async (file: string): Promise<void> => {
	const isNew = !existsSync(file);
	try {
		await (await open(file, 'a')).close();
		if (isNew) await rm(file);
	} catch (error) {
		throw writeError(file, error);
	}
};

/** Writes the report of a session, in the format of the file's extension. Rejects with a `UserError` on failure. */
export const writeReport = async (
	file: string,
	state: SessionState,
	verdicts: Record<string, Verdict> = {},
): Promise<void> => write(file, await reportText(file, state, verdicts), 'w');

/** Writes a document, in the format of the file's extension. Rejects with a `UserError` on failure. */
export const writeDocument = async (file: string, document: Document): Promise<void> => {
	const text = file.endsWith('.md')
		? (await import('../report/document-markdown.js')).documentMarkdown(document)
		: (await import('../report/document-html.js')).documentHtml(document);
	await write(file, text, 'w');
};

/**
 * Writes the report beside the lab folder or, if that fails, in the current folder. Overwrites nothing. Resolves with
 * the file; rejects with a `UserError` if both fail.
 */
export const writeNewReport = async (state: SessionState): Promise<string> => {
	const folders = [...new Set([path.dirname(state.labFolder), process.cwd()])];
	const text = await reportText('.html', state, {});
	let problem: unknown = null;
	for (const folder of folders) {
		try {
			const file = findFreeName(folder, `${state.workshop.id}-report`);
			await write(file, text, 'wx');
			return file;
		} catch (error) {
			problem = error;
		}
	}
	throw problem;
};

/** A sentence that names the report's file. */
export const describeReportFile = (file: string): string => messages.app.report.writtenTo(file);

const findFreeName = (folder: string, name: string): string => {
	let file = path.join(folder, `${name}.html`);
	for (let number = 2; existsSync(file); number++) file = path.join(folder, `${name}-${number}.html`);
	return file;
};

const write = async (file: string, text: string, flag: 'w' | 'wx'): Promise<void> => {
	try {
		await writeFile(file, text, {flag});
	} catch (error) {
		throw writeError(file, error);
	}
};

// Loaded on demand: most sessions write no report.
const reportText = async (file: string, state: SessionState, verdicts: Record<string, Verdict>) => {
	const {createReport} = await import('../report/report.js');
	const report = createReport(state, {at: new Date(), verdicts});
	if (file.endsWith('.md')) {
		return (await import('../report/report-markdown.js')).reportMarkdown(report);
	}
	return (await import('../report/report-html.js')).reportHtml(report);
};

const writeError = (file: string, error: unknown): UserError =>
	new UserError(messages.app.report.notWritten(file, describeError(error)), {cause: error});
