package function

import "math"

var trigonometry = []Func{
	circular("sin", "The sine of an angle in radians.", `sin(0)`, "0", math.Sin),
	circular("cos", "The cosine of an angle in radians.", `cos(0)`, "1", math.Cos),
	circular("tan", "The tangent of an angle in radians.", `tan(0)`, "0", math.Tan),
	circular("asin", "The angle from -pi/2 to pi/2 with this sine, in radians.", `asin(1) = pi() / 2`, "True", math.Asin),
	circular("acos", "The angle from 0 to pi with this cosine, in radians.", `acos(1)`, "0", math.Acos),
	circular("atan", "The angle from -pi/2 to pi/2 with this tangent, in radians.", `atan(0)`, "0", math.Atan),
	circular("sinh", "The hyperbolic sine.", `sinh(0)`, "0", math.Sinh),
	circular("cosh", "The hyperbolic cosine.", `cosh(0)`, "1", math.Cosh),
	circular("tanh", "The hyperbolic tangent.", `tanh(0)`, "0", math.Tanh),
	circular("asinh", "The number with this hyperbolic sine.", `asinh(0)`, "0", math.Asinh),
	circular("acosh", "The number with this hyperbolic cosine.", `acosh(1)`, "0", math.Acosh),
	circular("atanh", "The number with this hyperbolic tangent.", `atanh(0)`, "0", math.Atanh),
	plane("atan2", "atan2(<y>, <x>)", "The angle from -pi to pi, in radians, between the x axis and the line from the origin to the point x, y.", `atan2(0, 1)`, "0", math.Atan2),
	plane("hypot", "hypot(<x>, <y>)", "The length of the hypotenuse of a right-angled triangle with these legs.", `hypot(3, 4)`, "5", math.Hypot),
}

// circular is a function that is nan where it has no value.
func circular(name, doc, example, want string, f func(float64) float64) Func {
	out := number1(name, doc, example, want, f)
	out.Family = "trigonometry"
	return out
}

func plane(name, syntax, doc, example, want string, f func(x, y float64) float64) Func {
	return Func{
		Name: name, Family: "trigonometry", Syntax: syntax, MinArgs: 2, MaxArgs: 2, Doc: doc, Example: example, Want: want,
		Bind: map2(numbers, numbers, func(x, y float64) (float64, bool) { return f(x, y), true }),
	}
}
