import {type DoctorId, doctorIds} from '../../session/doctor-ids.js';
import {findingWord} from '../../session/select/finding-word.js';
import {selectLacksBuilder, selectReadiness} from '../../session/select/select-readiness.js';
import type {DoctorFinding} from '../../session/state.js';
import {createLedger} from '../../storage/ledger.js';
import {stateFolder} from '../../storage/state-folder.js';
import {inheritedEnvironment} from '../../system/inherited-environment.js';
import type {Dialect} from '../../workshop/model.js';
import {sentenceInDialect} from '../../workshop/text-in-dialect.js';
import {demandOpenFiles} from '../demand-open-files.js';
import {openWorkshop} from '../open-workshop.js';
import type {Command} from '../options.js';
import {printJson, printLine, printMessage} from '../print.js';
import {examine} from './examine.js';

const words: Record<ReturnType<typeof findingWord>, string> = {
	passed: 'ok     ',
	warning: 'warning',
	failed: 'FAILED ',
	unknown: 'unknown',
};

/** `doctor`: can this machine run it? Each finding with its fix. */
export const doctor: Command = async (_parameters, {workshop: name, dir, json, pack, shell}) => {
	demandOpenFiles();
	const open = openWorkshop(name, dir);
	const found = new Map<DoctorId, DoctorFinding>();
	let told = 0;
	/** Findings come in any order, and are told in that of the IDs. */
	const tell = (finding: DoctorFinding): void => {
		found.set(finding.id, finding);
		for (let next = found.get(idAt(told)); next; next = found.get(idAt(told))) {
			if (!json) printFinding(next, shell);
			told++;
		}
	};
	await examine(
		{open, env: inheritedEnvironment(), ledger: createLedger(stateFolder()), pack},
		tell,
		({reason}) => printMessage(reason),
	);
	const findings = doctorIds.flatMap(id => found.get(id) ?? []);
	const passed = selectReadiness(findings) === 'ready';
	if (json) printJson({passed, findings});
	else if (passed) printLine(readySentence(findings));
	else if (findings.some(({id, verdict}) => id === 'engine' && verdict !== 'passed'))
		printLine('Without an engine there is the recording: `multistage-workshop --replay`.');
	return passed ? 0 : 3;
};

const readySentence = (findings: DoctorFinding[]): string =>
	selectLacksBuilder(findings)
		? 'This machine is ready for all steps but those that need a builder of Docker’s.'
		: 'This machine is ready.';

const idAt = (index: number): DoctorId => doctorIds[index] as DoctorId;

const printFinding = (finding: DoctorFinding, shell: Dialect): void => {
	const {id, reason, next} = finding;
	printLine(`${words[findingWord(finding)]}  ${id.padEnd(14)}  ${reason}`);
	if (next) printLine(`${' '.repeat(25)}Next: ${sentenceInDialect(next, shell)}`);
};
