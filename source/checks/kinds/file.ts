import {failed, findFile, passed} from '../facts.js';
import type {CheckDeclaration, Fact, Verdict} from '../model.js';

/** A file of the lab folder is there and says what the text talks about. */
export const checkFile = (
	{path, has, finding, hint}: Extract<CheckDeclaration, {check: 'file'}>,
	facts: Fact[],
): Verdict => {
	const text = findFile(facts, path)?.text ?? null;
	if (text === null) return failed(finding, `The file ${path} is not in the lab folder.`, hint);
	const absent = has.find(piece => !text.includes(piece));
	if (absent !== undefined) return failed(finding, `The file ${path} has no \`${absent}\`.`, hint);
	return passed(`The file ${path} says what the text talks about.`);
};
