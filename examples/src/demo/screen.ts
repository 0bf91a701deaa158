/** What the demo shows in the terminal: headings, progress bars, tables. Knows cli-progress and cli-table3. */

import { Presets, SingleBar } from 'cli-progress'
import Table from 'cli-table3'

export interface Bar {
  update(done: number): void
  end(): void
}

/** A line of the story. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Begins a chapter. */
export function chapter(title: string): void {
  say(`\n${title}\n${'─'.repeat(title.length)}`)
}

/** A bar from 0 to `total`. Where no terminal watches, only its end is printed. */
export function progressBar(label: string, total: number): Bar {
  const format = `${label.padEnd(22)} {bar} {value}/{total}`
  if (!process.stdout.isTTY) {
    let last = 0
    return {
      update: (done) => {
        last = done
      },
      end: () => say(`${label.padEnd(22)} ${last}/${total}`),
    }
  }
  const bar = new SingleBar({ format, hideCursor: true }, Presets.shades_classic)
  bar.start(total, 0)
  return { update: (done) => bar.update(done), end: () => bar.stop() }
}

/** A table with a heading for each column. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const made = new Table({ head: [...head], style: { head: [], border: [] } })
  made.push(...rows.map((row) => [...row]))
  say(made.toString())
}
