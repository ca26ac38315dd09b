package house_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestEveryPackageHasItsDoc(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range files(t) {
		if !f.test && f.ast.Doc != nil && len(f.ast.Doc.Text()) > 60 {
			documented[f.room] = true
		}
	}
	for room := range arrows {
		if !documented[room] {
			t.Errorf("package %s says nowhere what it owns and what it refuses", room)
		}
	}
}

func TestExportedNamesHaveTheirSentence(t *testing.T) {
	for _, f := range files(t) {
		if f.test {
			continue
		}
		for _, decl := range f.ast.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && !strings.HasPrefix(d.Doc.Text(), d.Name.Name+" ") {
					t.Errorf("%s: %s lacks a sentence beginning with its name", f.path, d.Name.Name)
				}
			case *ast.GenDecl:
				checkTypes(t, f, d)
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if name, ok := typ.(*ast.Ident); ok {
		return name.IsExported()
	}
	return true
}

func checkTypes(t *testing.T, f file, d *ast.GenDecl) {
	if d.Tok != token.TYPE {
		return
	}
	for _, spec := range d.Specs {
		s := spec.(*ast.TypeSpec)
		doc := s.Doc.Text()
		if doc == "" {
			doc = d.Doc.Text()
		}
		if s.Name.IsExported() && !strings.HasPrefix(doc, s.Name.Name+" ") {
			t.Errorf("%s: type %s lacks a sentence beginning with its name", f.path, s.Name.Name)
		}
	}
}

var looksLikeSQL = regexp.MustCompile(`(?s)^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE TABLE)\b.+\b(FROM|VALUES|SET|AS|TABLE)\b`)

func TestSQLStandsInItsPlace(t *testing.T) {
	for _, f := range files(t) {
		if f.test || strings.HasPrefix(f.room, "internal/store") || strings.HasSuffix(f.path, "_sql.go") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && looksLikeSQL.MatchString(text) {
					t.Errorf("%s: SQL outside a _sql.go file: %.40s", fileSet.Position(lit.Pos()), text)
				}
			}
			return true
		})
	}
}

// unsafeSQL means one thing on one engine and another, or nothing, on the other.
var unsafeSQL = regexp.MustCompile(`(?i)\b(INSERT\s+OR|FOR\s+UPDATE|ILIKE|AUTOINCREMENT|SERIAL|now\s*\(|strftime|datetime\s*\(|GREATEST|LIMIT\s+-1|OFFSET)\b|=\s*ANY|->>|\blower\s*\(`)

var placeholder = regexp.MustCompile(`\$(\d+)`)

func TestSQLStaysInTheSafeSubsetAndCountsItsArguments(t *testing.T) {
	calls := 0
	for _, f := range files(t) {
		if f.test || !strings.HasSuffix(f.path, "_sql.go") {
			continue
		}
		constants := stringConstants(f)
		ast.Inspect(f.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sql, args, ok := statement(call, constants)
			if !ok {
				return true
			}
			calls++
			where := fileSet.Position(call.Pos())
			if bad := unsafeSQL.FindString(sql); bad != "" {
				t.Errorf("%s: %q is not the same on both engines", where, bad)
			}
			if want := highest(sql); want != args && args >= 0 {
				t.Errorf("%s: the statement has %d placeholders and gets %d arguments", where, want, args)
			}
			return true
		})
	}
	if calls < 20 {
		t.Errorf("saw only %d statements: the lint is blind", calls)
	}
}

// statement finds the SQL text and the number of arguments of a call of Exec,
// Query, QueryRow or Collect.
func statement(call *ast.CallExpr, constants map[string]string) (string, int, bool) {
	name := ""
	switch fun := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	case *ast.Ident:
		name = fun.Name
	}
	first := map[string]int{"Exec": 0, "Query": 0, "QueryRow": 0, "Collect": 2}
	at, ok := first[name]
	if !ok || len(call.Args) <= at {
		return "", 0, false
	}
	sql, ok := text(call.Args[at], constants)
	args := len(call.Args) - at - 1
	if call.Ellipsis != token.NoPos {
		args = -1
	}
	return sql, args, ok
}

func text(e ast.Expr, constants map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.Ident:
		s, ok := constants[e.Name]
		return s, ok
	case *ast.BinaryExpr:
		left, ok1 := text(e.X, constants)
		right, ok2 := text(e.Y, constants)
		return left + right, ok1 && ok2
	}
	return "", false
}

func stringConstants(f file) map[string]string {
	found := map[string]string{}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			for i, name := range spec.Names {
				if i < len(spec.Values) {
					if s, ok := text(spec.Values[i], found); ok {
						found[name.Name] = s
					}
				}
			}
		}
		return true
	})
	return found
}

func highest(sql string) int {
	top := 0
	for _, m := range placeholder.FindAllStringSubmatch(sql, -1) {
		if n, _ := strconv.Atoi(m[1]); n > top {
			top = n
		}
	}
	return top
}

func TestOnlyTheConfigurationReadsTheEnvironment(t *testing.T) {
	for _, f := range files(t) {
		if f.test || f.room == "internal/store/storetest" || f.path == "cmd/portal/config.go" {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "os" && (sel.Sel.Name == "Getenv" || sel.Sel.Name == "LookupEnv" || sel.Sel.Name == "Environ") {
					t.Errorf("%s reads the environment", fileSet.Position(sel.Pos()))
				}
			}
			return true
		})
	}
}

// envTag finds the variables that settings are read from.
var envTag = regexp.MustCompile(`env:"([A-Z_]+)"`)

func TestDocumentsNameEverySettingAndCommand(t *testing.T) {
	operating, readme := read(t, "docs/operating.md"), read(t, "README.md")
	for _, f := range files(t) {
		if f.test || f.room != "cmd/portal" {
			continue
		}
		for _, m := range envTag.FindAllStringSubmatch(read(t, f.path), -1) {
			if !strings.Contains(operating, "`"+m[1]+"`") {
				t.Errorf("docs/operating.md does not name %s", m[1])
			}
		}
	}
	commands := regexp.MustCompile("(?m)^\t[A-Z][a-z]+ +[a-z]+Commands? +`cmd").FindAllString(read(t, "cmd/portal/config.go"), -1)
	if len(commands) < 5 {
		t.Fatalf("found only %d commands in config.go", len(commands))
	}
	for _, line := range commands {
		name := strings.ToLower(strings.Fields(line)[0])
		if !strings.Contains(operating, "portal "+name) {
			t.Errorf("docs/operating.md does not tell of portal %s", name)
		}
	}
	for _, line := range []string{"make run", "make test"} {
		if !strings.Contains(readme, line) {
			t.Errorf("README.md does not name %s", line)
		}
	}
}

// TestSizes prints what has grown long, as a reason to look again.
func TestSizes(t *testing.T) {
	functions := 0
	for _, f := range files(t) {
		if f.test {
			continue
		}
		if lines := fileSet.Position(f.ast.End()).Line; lines > 400 {
			t.Logf("%s has %d lines", f.path, lines)
		}
		for _, decl := range f.ast.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			functions++
			if lines := fileSet.Position(d.End()).Line - fileSet.Position(d.Pos()).Line; lines > 60 {
				t.Logf("%s: %s has %d lines", f.path, d.Name.Name, lines)
			}
		}
	}
	if functions < 100 {
		t.Errorf("measured only %d functions: the report is blind", functions)
	}
}
