/** No misspelling worth guessing is longer, and distances cost time. */
const longestName = 64

/** The known names closest to a misspelt one, at most three, the closest first; none when nothing is close. */
export function nearestNames(given: string, known: Iterable<string>): string[] {
  if (given.length > longestName) return []
  const wanted = given.toLowerCase()
  const mostEdits = Math.max(1, Math.floor(given.length / 3))
  return [...known]
    .filter((name) => Math.abs(name.length - given.length) <= mostEdits || name.toLowerCase().includes(wanted))
    .map((name) => ({ name, edits: editsBetween(wanted, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= mostEdits || (wanted.length > 2 && name.toLowerCase().includes(wanted)))
    .sort((one, other) => one.edits - other.edits || (one.name < other.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editsBetween(one: string, other: string): number {
  let twoBack: number[] = []
  let back = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      let edits = Math.min(back[column]! + 1, current[column - 1]! + 1, back[column - 1]! + (isSame ? 0 : 1))
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (isSwap) edits = Math.min(edits, twoBack[column - 2]! + 1)
      current.push(edits)
    }
    twoBack = back
    back = current
  }
  return back[other.length]!
}
