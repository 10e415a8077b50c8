import {homedir, hostname, release, userInfo} from 'node:os';
import process from 'node:process';
import {openPackedWorkshop} from '../app/open-packed-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {assertOpenFileLimit, programVersion} from '../app/process.js';
import {createTerminalPrompt} from '../app/prompt.js';
import {assertReportWritable, describeReportFile, writeDocument} from '../app/report-file.js';
import {examine} from '../doctor/examine.js';
import {type DoctorFinding, type DoctorId, doctorIds, findingStatus} from '../doctor/registry.js';
import {messages} from '../messages/index.js';
import {selectLacksBuilder, selectReadiness} from '../session/select.js';
import {yesOrNo} from '../session/state.js';
import {createLedger} from '../storage/ledger.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import {translateSentence} from '../workshop/dialect.js';
import type {Dialect} from '../workshop/model.js';
import type {Command} from './flags.js';

/** `doctor`: examines whether this machine can run a workshop, and prints each finding with its fix. */
export const doctor: Command = async (_parameters, {workshop: name, dir, json, pack, shell, report, yes}) => {
	assertOpenFileLimit();
	if (report !== null) await assertReportWritable(report);
	const open = await openPackedWorkshop(name, {dir, pack});
	const found = new Map<DoctorId, DoctorFinding>();
	let printed = 0;
	/** Findings arrive in any order and are printed in the order of their ids. */
	const print = (finding: DoctorFinding): void => {
		found.set(finding.id, finding);
		const nextFinding = () => found.get(doctorIds[printed] as DoctorId);
		for (let next = nextFinding(); next; printed++, next = nextFinding())
			if (!json) printFinding(next, shell);
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
	else if (passed)
		printLine(
			selectLacksBuilder(findings) ? messages.commands.doctor.readyButBuilders : messages.view.machine.ready,
		);
	else if (findings.some(({id, verdict}) => id === 'engine' && verdict !== 'passed'))
		printLine(messages.commands.doctor.recording);
	if (report !== null) await offerReport(report, findings, {env, yes});
	return passed ? 0 : 3;
};

/** Shows a report for whoever mends the program, without what is private, and writes it once the learner agrees. */
const offerReport = async (
	file: string,
	findings: DoctorFinding[],
	{env, yes}: {env: Record<string, string>; yes: boolean},
): Promise<void> => {
	const {createMachineReport} = await import('../report/machine-report.js');
	const {documentMarkdown} = await import('../report/document-markdown.js');
	const {columns, rows} = process.stdout;
	const machine = createMachineReport(
		{
			version: programVersion,
			node: process.version,
			system: `${process.platform} ${release()} ${process.arch}`,
			terminal: process.stdout.isTTY ? {columns, rows} : null,
			environment: env,
			findings,
		},
		{hide: {home: homedir(), user: userInfo().username, host: hostname()}, at: new Date()},
	);
	const shown = documentMarkdown(machine);
	for (const line of ['', ...shown.trimEnd().split('\n'), '']) printMessage(line);
	const say = messages.commands.doctor.report;
	const question = {title: say.title(file), lines: say.lines, choices: yesOrNo(say.yes, say.no)};
	if ((await createTerminalPrompt(yes)(question)) !== 'yes') {
		printMessage(say.declined);
		return;
	}
	await writeDocument(file, machine);
	printMessage(describeReportFile(file));
};

const printFinding = (finding: DoctorFinding, shell: Dialect): void => {
	const {id, reason, next} = finding;
	const label = messages.commands.doctor.labels[findingStatus(finding)];
	printLine(`${label.padEnd(7)}  ${id.padEnd(14)}  ${reason}`);
	if (next) printLine(`${' '.repeat(25)}${messages.commands.next(translateSentence(next, shell))}`);
};
