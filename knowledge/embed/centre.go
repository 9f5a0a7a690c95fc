package embed

import "context"

// usual are texts as shops and shoppers write them, each thing in the three languages. What a model's vectors of all of
// them have in common says nothing about any one text. Another list makes another space: centreVersion counts them.
var usual = []string{
	"How long does delivery take?", "快递要几天才能到？", "¿Cuánto tarda el envío?",
	"The parcel says delivered, but I have nothing.", "显示已签收，可是我没收到包裹。", "Pone entregado, pero no me ha llegado nada.",
	"You can return unworn items within a month.", "未穿过的商品一个月内可以退货。", "Puedes devolver lo que no hayas usado en un mes.",
	"The money goes back to the card you paid with.", "退款会原路退回到您付款的账户。", "El dinero vuelve a la tarjeta con la que pagaste.",
	"Which size should I take if I am between two?", "我介于两个尺码之间，该买哪个？", "¿Qué talla elijo si estoy entre dos?",
	"Wash the wool by hand in cold water.", "羊毛请用冷水手洗。", "Lava la lana a mano con agua fría.",
	"My discount code does not work.", "我的优惠码用不了。", "Mi código de descuento no funciona.",
	"The payment failed, what can I do?", "付款失败了怎么办？", "El pago ha fallado, ¿qué hago?",
	"I need an invoice for my company.", "我要给公司开发票。", "Necesito una factura para mi empresa.",
	"I cannot sign in to my account.", "我的账号登录不上。", "No puedo entrar en mi cuenta.",
	"Is this jacket waterproof?", "这件外套防水吗？", "¿Esta chaqueta es impermeable?",
	"When will it be back in stock?", "什么时候补货？", "¿Cuándo vuelve a haber existencias?",
	"Please change the address of my order.", "请帮我改一下收货地址。", "Quiero cambiar la dirección de mi pedido.",
	"The lamp arrived broken.", "台灯收到就是坏的。", "La lámpara llegó rota.",
	"Gift cards are valid for two years.", "礼品卡两年内有效。", "Las tarjetas regalo valen dos años.",
	"Good morning, can I talk to somebody?", "你好，有人在吗？", "Buenos días, ¿puedo hablar con alguien?",
}

// centreVersion is a part of the name of every space.
const centreVersion = "c1"

// centre is the mean vector of the usual texts, asked for once. Models differ widely in how alike they find any two texts:
// for some, nothing is further apart than 0.7. Taken from the middle of what shops write, cosines of every model mean about
// the same, and what was learned of them holds for every model.
func (e *Endpoint) centre(ctx context.Context, a asking) ([]float64, error) {
	name := a.model + "\x00" + a.prefix
	if known, ok := e.centres.Load(name); ok {
		return known.([]float64), nil
	}
	mean := make([]float64, e.Dimension())
	for texts := usual; len(texts) > 0; {
		n := min(len(texts), e.config.BatchSize)
		inputs := make([]string, n)
		for i, text := range texts[:n] {
			inputs[i] = a.prefix + text
		}
		vectors, err := e.call(ctx, a, inputs)
		if err != nil {
			return nil, err
		}
		for _, vector := range vectors {
			for i, x := range vector {
				mean[i] += float64(x) / float64(len(usual))
			}
		}
		texts = texts[n:]
	}
	known, _ := e.centres.LoadOrStore(name, mean) // two that asked at once agree on the first
	return known.([]float64), nil
}

// from is a vector as seen from the centre, of length one.
func from(centre []float64, vector []float32) []float32 {
	sum := make([]float64, len(vector))
	for i, x := range vector {
		sum[i] = float64(x) - centre[i]
	}
	return unit(sum)
}
