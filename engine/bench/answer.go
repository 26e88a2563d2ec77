package bench

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

// answer is what is compared of what programs answer: how many rows there are, and what a column of them adds up to.
type answer struct{ rows, sum int64 }

func (a answer) String() string { return fmt.Sprintf("%d rows with a sum of %d", a.rows, a.sum) }

// readAnswer reads rows of JSON. Of a column without a name nothing is added up.
func readAnswer(file, column string) (answer, error) {
	f, err := os.Open(file)
	if err != nil {
		return answer{}, err
	}
	defer f.Close()
	var a answer
	for d := json.NewDecoder(bufio.NewReader(f)); ; a.rows++ {
		var row map[string]json.RawMessage
		if err := d.Decode(&row); errors.Is(err, io.EOF) {
			return a, nil
		} else if err != nil {
			return a, fmt.Errorf("row %d of the answer is no JSON: %w", a.rows+1, err)
		}
		if column == "" {
			continue
		}
		n, err := number(row[column])
		if err != nil {
			return a, fmt.Errorf("row %d of the answer has no number %s", a.rows+1, column)
		}
		a.sum += n
	}
}

// number is a whole number, which some write as a text.
func number(raw json.RawMessage) (int64, error) {
	text := string(raw)
	if quoted := ""; json.Unmarshal(raw, &quoted) == nil {
		text = quoted
	}
	return strconv.ParseInt(text, 10, 64)
}
