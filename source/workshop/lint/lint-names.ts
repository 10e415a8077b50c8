import {whyNotOnWindows} from '../../text/windows-name.js';
import type {LintSubject} from './lint-subject.js';

/** Names that not every learner's system can have: ids become names of files and folders too. */
export const lintNames = ({entries, draft, steps, report}: LintSubject): void => {
	const {cover} = draft;
	const lintId = (what: string, id: string) => {
		const why = whyNotOnWindows(id);
		return why && `the ${what} \`${id}\` ${why}, and files are named after it`;
	};
	const ofWorkshop = cover && lintId('workshop id', cover.value.id);
	if (cover && ofWorkshop) report('workshop.md', ofWorkshop, cover.locate('id'));
	for (const {id, file} of draft.chapters) {
		const ofChapter = lintId('chapter id', id);
		if (ofChapter) report(file, ofChapter);
	}
	for (const {step, source} of steps) {
		const ofStep = lintId('step id', step.id);
		if (ofStep) report(step.file, ofStep, source.locate('id'));
	}
	const seen = new Map<string, string>();
	for (const path of entries.keys()) {
		const why = whyNotOnWindows(path.split('/').at(-1) ?? path);
		const other = seen.get(path.toLowerCase());
		if (why) report(path, why);
		else if (other)
			report(path, `differs from ${other} only in upper and lower case: on Windows and macOS they are one`);
		seen.set(path.toLowerCase(), path);
	}
};
