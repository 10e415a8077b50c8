import type {Seat} from '../../classroom/room.js';
import {type Room, type SeatStep, selectSeatSteps} from '../../classroom/select-board.js';
import {Panel, placeTextOf, Sentence, ViewHeading} from './parts.js';
import {usePerform} from './perform.js';
import {Marks} from './seats.js';
import {words} from './words.js';

/** The longest name of a seat, as in `limits.name` of the protocol. */
const longestName = 40;

/** One seat: its steps, findings and times. Never its text. */
export const SeatView = ({room, id}: {room: Room; id: string}) => {
	const seat = room.seats.get(id);
	const say = words.seat;
	return (
		<div class="seat">
			<p>
				<a href="#room">{words.page.back}</a>
			</p>
			{seat ? (
				<Known room={room} seat={seat} />
			) : (
				<>
					<ViewHeading>{words.seats.heading}</ViewHeading>
					<p class="calm">{say.gone}</p>
				</>
			)}
		</div>
	);
};

const Known = ({room, seat}: {room: Room; seat: Seat}) => {
	const perform = usePerform();
	const say = words.seat;
	return (
		<>
			<ViewHeading>
				<bdi>{seat.name}</bdi> <Marks seat={seat} />
			</ViewHeading>
			<p class="where">
				{placeTextOf(room, seat)}, {words.since(room.now - seat.changedAt)}
			</p>
			<form
				class="row"
				onSubmit={event => {
					event.preventDefault();
					const name = String(new FormData(event.currentTarget).get('name')).trim();
					if (name !== '') perform({action: 'rename', seat: seat.id, name});
				}}
			>
				<label>
					{say.rename}
					<input
						key={seat.name}
						name="name"
						type="text"
						maxLength={longestName}
						required
						defaultValue={seat.name}
						autocomplete="off"
					/>
				</label>
				<button type="submit">{say.renameButton}</button>
				{seat.handSince !== null && (
					<button type="button" onClick={() => perform({action: 'lower-hand', seat: seat.id})}>
						{words.help.lowerHand}
					</button>
				)}
			</form>
			<Steps steps={selectSeatSteps(room, seat)} isOtherVersion={seat.isOtherVersion} />
			<Ready seat={seat} />
			<p class="legend">{say.privacy}</p>
		</>
	);
};

const Steps = ({steps, isOtherVersion}: {steps: SeatStep[]; isOtherVersion: boolean}) => {
	const say = words.seat;
	const {columns} = say;
	return (
		<Panel id="steps" heading={say.steps}>
			{steps.length === 0 ? (
				<p class="calm">{isOtherVersion ? words.otherVersion : say.none}</p>
			) : (
				<table>
					<thead>
						<tr>
							<th scope="col">{columns.step}</th>
							<th scope="col">{columns.verdict}</th>
							<th scope="col">{columns.finding}</th>
							<th scope="col" class="number">
								{columns.time}
							</th>
							<th scope="col" class="number extra">
								{columns.attempts}
							</th>
							<th scope="col" class="number extra">
								{columns.hints}
							</th>
							<th scope="col" class="extra">
								{columns.prediction}
							</th>
						</tr>
					</thead>
					<tbody>
						{steps.map(step => (
							<StepRow key={step.step.id} {...step} />
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
};

const StepRow = ({chapterNumber, step, report, isCurrent}: SeatStep) => {
	const verdict = report?.verdict ?? 'open';
	return (
		<tr class={isCurrent ? 'current' : ''}>
			<th scope="row">
				{chapterNumber} · {step.title}
				{isCurrent && <span class="mark">{words.seat.current}</span>}
			</th>
			<td>
				<span class={verdict}>{words.seats.verdicts[verdict]}</span>
			</td>
			<td>{report?.finding && <span class="finding">{report.finding}</span>}</td>
			<td class="number">{report ? words.clock(Math.round(report.seconds)) : ''}</td>
			<td class="number extra">{report ? words.count(report.attempts) : ''}</td>
			<td class="number extra">{report ? words.count(report.hints) : ''}</td>
			<td class="extra">{report?.prediction ? words.seat.predictions[report.prediction] : ''}</td>
		</tr>
	);
};

const Ready = ({seat}: {seat: Seat}) => {
	const findings = seat.state?.ready ?? [];
	if (findings.length === 0) return null;
	return (
		<section class="panel" id="ready" aria-labelledby="ready-heading">
			<h2 id="ready-heading">
				<Sentence>{words.seat.readiness}</Sentence>
			</h2>
			<ul class="ready">
				{findings.map(({id, verdict}) => (
					<li key={id}>
						<span class={verdict}>{words.seats.verdicts[verdict]}</span> <span class="finding">{id}</span>
					</li>
				))}
			</ul>
		</section>
	);
};
