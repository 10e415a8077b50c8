import type {Builder} from '../build/model.js';
import type {Verdict} from '../checks/model.js';
import type {Workshop} from '../workshop/model.js';
import type {LabEntry, ShownFile} from './files/model.js';
import type {Plan} from './perform/read-plan.js';
import type {Progress} from './ports.js';
import type {
	DoctorFinding,
	EngineState,
	Overlay,
	Question,
	RunView,
	SessionState,
	ShellState,
} from './state.js';
import type {LineEdit} from './typed/edit-line.js';

/** Everything that can happen to the state. */
export type Action =
	| {action: 'restore-progress'; progress: Progress | null; problem: string | null; readOnly: boolean}
	| {action: 'see-engine'; engine: EngineState}
	| {action: 'see-replay'; replay: SessionState['replay']}
	| {action: 'add-finding'; finding: DoctorFinding}
	| {action: 'forget-findings'}
	| {action: 'show-screen'; screen: SessionState['screen']}
	| {action: 'show-step'; stepId: string}
	| {action: 'set-builder'; builder: Builder}
	| {action: 'see-plan'; stepId: string; plan: Plan}
	| {action: 'begin-run'; stepId: string}
	| {action: 'show-run'; view: RunView}
	| {action: 'mark-cancelling'; stepId: string}
	| {action: 'end-run'; stepId: string; captured: Record<string, string>}
	/** `finding`: the one whose own hint it is; null: the next of the others, or the solution. */
	| {action: 'reveal-hint'; stepId: string; finding: string | null}
	| {action: 'predict-stage'; stepId: string; stage: string}
	| {action: 'judge-step'; stepId: string; verdict: Verdict; at: string}
	| {action: 'judge-challenge'; stepId: string; verdict: Verdict}
	| {action: 'ask'; question: Question}
	| {action: 'close-question'}
	| {action: 'open-overlay'; overlay: Overlay}
	| {action: 'close-overlay'}
	| {action: 'see-files'; files: LabEntry[]; file: ShownFile | null}
	| {action: 'remember-lines'; lines: string[]}
	| {action: 'open-command-line'; text: string}
	| {action: 'edit-line'; edit: LineEdit}
	| {action: 'type-text'; text: string}
	| {action: 'offer'; offers: string[]}
	| {action: 'close-command-line'}
	| {action: 'set-shell'; shell: ShellState}
	/** `isGood`: nothing to heed. */
	| {action: 'show-notice'; notice: string | null; isGood?: boolean}
	| {action: 'reload-workshop'; workshop: Workshop | null; problems: string[]}
	| {action: 'end'; summary: string[]};
