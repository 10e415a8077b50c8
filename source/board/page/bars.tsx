import {type ChapterBar, type Room, selectBars} from '../../classroom/select-board.js';
import {Panel} from './parts.js';
import {usePerform} from './perform.js';
import {words} from './words.js';

/** How many are where, by chapters. `hasActions`: whether the pace can be set there. */
export const Bars = ({room, hasActions}: {room: Room; hasActions: boolean}) => {
	const all = selectBars(room);
	const say = words.bars;
	return (
		<>
			{all.map(({workshop, bars}) => {
				const most = Math.max(1, ...bars.map(bar => bar.all));
				return (
					<Panel
						key={workshop.id}
						id={`bars-${workshop.id}`}
						heading={all.length === 1 ? say.heading : say.headingOf(workshop.title)}
					>
						<ol class="bars">
							{bars
								.filter(bar => bar.number !== null || bar.all > 0)
								.map(bar => (
									<Bar
										key={bar.chapter}
										bar={bar}
										most={most}
										workshop={workshop.id}
										hasActions={hasActions}
									/>
								))}
						</ol>
						<Legend />
					</Panel>
				);
			})}
		</>
	);
};

const kinds = ['real', 'recorded', 'away'] as const;

const Bar = ({
	bar,
	most,
	workshop,
	hasActions,
}: {
	bar: ChapterBar;
	most: number;
	workshop: string;
	hasActions: boolean;
}) => {
	const perform = usePerform();
	const say = words.bars;
	const {chapter, number, title, isPace, all} = bar;
	const name =
		number === null ? words.places[chapter === 'end' ? 'end' : 'start'] : words.chapter(number, title ?? '');
	return (
		<li class={isPace ? 'pace' : ''}>
			<span class="chapter">{name}</span>
			<span class="track" aria-hidden="true">
				{kinds.map(kind => (
					<span key={kind} class={`part ${kind}`} style={{width: `${(100 * bar[kind]) / most}%`}} />
				))}
			</span>
			<span class="number">
				{words.count(all)}
				<span class="hidden"> {say.people(all)}</span>
			</span>
			{hasActions && number !== null && (
				<button
					type="button"
					class={isPace ? 'flag' : ''}
					title={isPace ? say.clearPace : undefined}
					onClick={() => perform({action: 'pace', workshop, chapter: isPace ? null : chapter})}
				>
					{isPace ? say.isPace : say.setPace}
					<span class="hidden">{words.about(name)}</span>
				</button>
			)}
			{!hasActions && isPace && <span class="flag">{say.isPace}</span>}
		</li>
	);
};

const Legend = () => (
	<p class="legend">
		{kinds.map(kind => (
			<span key={kind}>
				<span class={`part ${kind}`} aria-hidden="true" /> {words.bars.legend[kind]}
			</span>
		))}
	</p>
);
