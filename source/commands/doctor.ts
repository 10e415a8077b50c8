import {openWorkshop} from '../app/open-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {assertOpenFileLimit} from '../app/process.js';
import {examine} from '../doctor/examine.js';
import {type DoctorFinding, type DoctorId, doctorIds, findingStatus} from '../doctor/registry.js';
import {selectLacksBuilder, selectReadiness} from '../session/select.js';
import {createLedger} from '../storage/ledger.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import {translateSentence} from '../workshop/dialect.js';
import type {Dialect} from '../workshop/model.js';
import type {Command} from './flags.js';

const statusLabels: Record<ReturnType<typeof findingStatus>, string> = {
	passed: 'ok     ',
	warning: 'warning',
	failed: 'FAILED ',
	unknown: 'unknown',
};

/** `doctor`: can this machine run it? Each finding with its fix. */
export const doctor: Command = async (_parameters, {workshop: name, dir, json, pack, shell}) => {
	assertOpenFileLimit();
	const open = openWorkshop(name, dir);
	const found = new Map<DoctorId, DoctorFinding>();
	let printed = 0;
	/** Findings arrive in any order, and are printed in the order of their IDs. */
	const print = (finding: DoctorFinding): void => {
		found.set(finding.id, finding);
		for (let next = found.get(doctorIdAt(printed)); next; next = found.get(doctorIdAt(printed))) {
			if (!json) printFinding(next, shell);
			printed++;
		}
	};
	const env = inheritedEnvironment();
	await examine(
		{
			...open,
			stateFolder: stateFolder(),
			labFolder: open.lab.path,
			env,
			ledger: createLedger(stateFolder()),
			inspectPack:
				pack === null
					? null
					: async () => (await import('../app/load-from-pack.js')).inspectPack(pack, {open, env}),
		},
		print,
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

const doctorIdAt = (index: number): DoctorId => doctorIds[index] as DoctorId;

const printFinding = (finding: DoctorFinding, shell: Dialect): void => {
	const {id, reason, next} = finding;
	printLine(`${statusLabels[findingStatus(finding)]}  ${id.padEnd(14)}  ${reason}`);
	if (next) printLine(`${' '.repeat(25)}Next: ${translateSentence(next, shell)}`);
};
