// EQL, Elastic's event query language. The grammar also takes some forms of the older language of Endgame, and clauses and pipes in
// any order and number, so that build.go can say what is wrong with each of them.
grammar EQL;

query       : (joint | event) pipe* EOF;

// A sequence or a sample, with its items.
joint       : (SEQUENCE | SAMPLE) clause* step+;
step        : UNTIL? item;
item        : (BANG | MINUS)? LBRACK event RBRACK clause*;
clause      : BY expression (COMMA expression)* | WITH option;
option      : NAME (EQ | EQEQ) MINUS? (NUMBER | MEASURE | STRING) NAME?;

event       : category WHERE expression;
category    : NAME | ANY | SEQUENCE | SAMPLE | STRING | RAW | APOSTROPHES | OLD_RAW;

// What a pipe takes is decided by its name.
pipe        : PIPE NAME (expression (COMMA expression)*)?;

expression  : conjunction (OR conjunction)*;
conjunction : negation (AND negation)*;
negation    : NOT* relation;
relation    : sum (comparator sum | NOT? matcher (list | simple))?;
comparator  : EQEQ | NE | LT | LE | GT | GE | EQ | OLD_NE;
matcher     : COLON | IN | IN_TILDE | LIKE | LIKE_TILDE | REGEX | REGEX_TILDE;
list        : LPAREN (expression (COMMA expression)* COMMA?)? RPAREN;
sum         : product ((PLUS | MINUS) product)*;
product     : signed ((STAR | SLASH | PERCENT) signed)*;
signed      : MINUS* primary;
primary     : LPAREN expression RPAREN | value;
simple      : MINUS* value;
value       : literal | call | field;
literal     : STRING | RAW | NUMBER | TRUE | FALSE | NULL | APOSTROPHES | OLD_RAW;
call        : (NAME | CASELESS) LPAREN (expression (COMMA expression)* COMMA?)? RPAREN;
field       : QUESTION? (NAME | ANY | SEQUENCE | SAMPLE) (LBRACK NUMBER RBRACK)*;

AND         : 'and';
ANY         : 'any';
BY          : 'by';
FALSE       : 'false';
IN          : 'in';
IN_TILDE    : 'in~';
LIKE        : 'like';
LIKE_TILDE  : 'like~';
NOT         : 'not';
NULL        : 'null';
OR          : 'or';
REGEX       : 'regex';
REGEX_TILDE : 'regex~';
SAMPLE      : 'sample';
SEQUENCE    : 'sequence';
TRUE        : 'true';
UNTIL       : 'until';
WHERE       : 'where';
WITH        : 'with';

// Words of a name may stand in backticks. A MEASURE is a number with its unit.
NAME        : Word ('.' Word)*;
CASELESS    : NAME '~';
NUMBER      : (Digit+ ('.' Digit+)? | '.' Digit+) Exponent?;
MEASURE     : Digit+ ('.' Digit+)? [a-zA-Z_] [a-zA-Z0-9_]*;

// A raw text ends at the last of up to five quotes.
STRING      : '"' Inside* '"';
RAW         : '"""' (~["\r\n] | '"' ~["\r\n] | '""' ~["\r\n])* '"""' '"'? '"'?;
APOSTROPHES : '\'' (~['\\\r\n] | '\\' ~[\r\n])* '\'';
OLD_RAW     : '?"' Inside* '"' | '?\'' (~['\\\r\n] | '\\' ~[\r\n])* '\'';

EQEQ        : '==';
EQ          : '=';
NE          : '!=';
OLD_NE      : '<>';
LE          : '<=';
LT          : '<';
GE          : '>=';
GT          : '>';
COLON       : ':';
PLUS        : '+';
MINUS       : '-';
STAR        : '*';
SLASH       : '/';
PERCENT     : '%';
QUESTION    : '?';
BANG        : '!';
COMMA       : ',';
PIPE        : '|';
LPAREN      : '(';
RPAREN      : ')';
LBRACK      : '[';
RBRACK      : ']';

BLANK       : [ \t\r\n\f\u000B\u0085\u2028\u2029]+ -> skip;
COMMENT     : ('//' ~[\r\n]* | OpenComment '*'+ '/') -> skip;

// What cannot be meant.
UNCLOSED_COMMENT : OpenComment '*'*;
UNCLOSED    : '"' Inside* | '"""' (~["\r\n] | '"' ~["\r\n] | '""' ~["\r\n])* '"'? '"'? | '\'' (~['\\\r\n] | '\\' ~[\r\n])*;
UNCLOSED_NAME : '`' (~[`\r\n] | '``')*;
STRANGE_BLANK : [\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]+ -> channel(HIDDEN);
ZERO_WIDTH  : [\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+ -> channel(HIDDEN);
OTHER       : .;

fragment Word        : [a-zA-Z_@] [a-zA-Z0-9_]* | '`' (~[`\r\n] | '``')* '`';
fragment Inside      : ~["\\\r\n] | '\\' ~[\r\n];
fragment Digit       : [0-9];
fragment Exponent    : [eE] [+-]? Digit+;
fragment OpenComment : '/*' (~'*' | '*'+ ~[*/])*;
